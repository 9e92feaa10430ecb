"""Pages of companies and of those who act for them: applications, certificates, inquiries."""
