"""The portal: pages for exporters, officers and everybody, over the interface and nothing else."""
