package dev.parley.rest.error;

/** What stands in the answer to a request that has a problem; each dialect has its own. */
sealed interface AnyProblemBody permits ProblemBody, OpenAiError.Body {}
