package dev.parley.retrieval.violation;

import dev.parley.rest.violation.PublicController;

/** A look at the wire from where it must not be seen. */
public record RetrievalAtTheWire(PublicController controller) {}
