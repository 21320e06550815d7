package dev.parley.rest.violation;

import dev.parley.persistence.violation.PublicRepository;
import io.micronaut.http.annotation.Controller;
import org.reactivestreams.Publisher;

/** Public, reactive, and on speaking terms with the store. */
@Controller
public record PublicController(PublicRepository rows, Publisher<String> events) {}
