import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;

/** The JDK as a second judge: verifies files with a given certificate, and signs files. */
public final class Judge {
    private static final XMLSignatureFactory SIGNATURES = XMLSignatureFactory.getInstance("DOM");

    /** verify CERTIFICATE FILE... | sign KEY.der CERTIFICATE ALGORITHM-URI IN OUT */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("verify")) {
            for (int i = 2; i < arguments.length; i++) {
                System.out.println(isValid(arguments[i], certificate(arguments[1])));
            }
        } else {
            sign(arguments);
        }
    }

    private static boolean isValid(String file, X509Certificate certificate) throws Exception {
        Document document = parsed(file);
        var found = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0);
        var context = new DOMValidateContext(certificate.getPublicKey(), found);
        context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.TRUE);
        return SIGNATURES.unmarshalXMLSignature(context).validate(context);
    }

    private static void sign(String[] arguments) throws Exception {
        X509Certificate certificate = certificate(arguments[2]);
        var specification = new PKCS8EncodedKeySpec(Files.readAllBytes(Path.of(arguments[1])));
        PrivateKey key = KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
            .generatePrivate(specification);
        Reference reference = SIGNATURES.newReference(
            "",
            SIGNATURES.newDigestMethod(DigestMethod.SHA256, null),
            List.of(
                SIGNATURES.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                SIGNATURES.newTransform(
                    CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
            null,
            null);
        SignedInfo signedInfo = SIGNATURES.newSignedInfo(
            SIGNATURES.newCanonicalizationMethod(
                CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
            SIGNATURES.newSignatureMethod(arguments[3], null),
            List.of(reference));
        KeyInfoFactory keyInfos = SIGNATURES.getKeyInfoFactory();
        KeyInfo keyInfo =
            keyInfos.newKeyInfo(List.of(keyInfos.newX509Data(List.of(certificate))));
        Document document = parsed(arguments[4]);
        SIGNATURES.newXMLSignature(signedInfo, keyInfo)
            .sign(new DOMSignContext(key, document.getDocumentElement()));
        try (FileOutputStream out = new FileOutputStream(arguments[5])) {
            TransformerFactory.newInstance().newTransformer()
                .transform(new DOMSource(document), new StreamResult(out));
        }
    }

    private static Document parsed(String file) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new File(file));
    }

    private static X509Certificate certificate(String file) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(Path.of(file))));
    }
}
