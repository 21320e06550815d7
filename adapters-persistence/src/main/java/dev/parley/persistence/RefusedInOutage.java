package dev.parley.persistence;

import io.micronaut.aop.Around;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Statements that are refused as unavailable while the database can't be reached; see {@link OutageInterceptor}. */
@Around
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface RefusedInOutage {}
