"""Pages of those who decide: the queue, applications, certificates, requests of partners."""
