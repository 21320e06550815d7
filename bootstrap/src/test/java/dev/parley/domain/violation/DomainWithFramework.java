package dev.parley.domain.violation;

import io.micronaut.http.HttpStatus;

record DomainWithFramework(HttpStatus status) {}
