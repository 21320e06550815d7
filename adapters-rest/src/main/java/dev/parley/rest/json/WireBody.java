package dev.parley.rest.json;

/** The body of an answer, written by {@link WireJson}. */
public interface WireBody {}
