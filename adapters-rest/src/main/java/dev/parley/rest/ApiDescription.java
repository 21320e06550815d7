package dev.parley.rest;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;

/** Heads the OpenAPI document, whose body the build reads from the controllers. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Parley",
                        version = "0.1",
                        description = "Agents, sessions and turns, over one turn engine."))
interface ApiDescription {}
