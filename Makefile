# For those who have make at hand; everything here is one command that can be typed as well.
.PHONY: check lock

check:
	./tenderwell test

lock:
	for name in requirements requirements-test requirements-installer requirements-node; do \
	    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	        $$name.in --output-file $$name.lock || exit 1; \
	done
