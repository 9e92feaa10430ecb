"""What a certificate, a message and a partner are: pure values, standard library only."""
