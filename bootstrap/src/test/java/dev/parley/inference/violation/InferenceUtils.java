package dev.parley.inference.violation;

import dev.parley.rest.violation.PublicController;

/** A name that says nothing, and a look at the wire. */
public record InferenceUtils(PublicController controller) {}
