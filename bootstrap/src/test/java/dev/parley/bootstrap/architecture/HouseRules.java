package dev.parley.bootstrap.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** What may depend on what, and what must not be called where. Each rule gives its reason. */
final class HouseRules {

    private static final String DOMAIN = "dev.parley.domain..";
    private static final String APPLICATION = "dev.parley.application..";
    private static final String REST = "dev.parley.rest..";
    private static final String PERSISTENCE = "dev.parley.persistence..";
    private static final String INFERENCE = "dev.parley.inference..";
    private static final String TOOLS = "dev.parley.tools..";
    private static final String RETRIEVAL = "dev.parley.retrieval..";
    private static final String BOOTSTRAP = "dev.parley.bootstrap..";

    static final ArchRule DOMAIN_STANDS_ALONE = classes()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", DOMAIN)
            .because("the rules of a turn must be readable and testable without any framework");

    static final ArchRule APPLICATION_KNOWS_ONLY_DOMAIN = classes()
            .that()
            .resideInAPackage(APPLICATION)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", "org.slf4j..", DOMAIN, APPLICATION)
            .because("use-cases reach the outside through ports");

    static final ArchRule REST_SEES_NO_OTHER_ADAPTER =
            seesNone(REST, PERSISTENCE, INFERENCE, TOOLS, RETRIEVAL, BOOTSTRAP);
    static final ArchRule PERSISTENCE_SEES_NO_OTHER_ADAPTER =
            seesNone(PERSISTENCE, REST, INFERENCE, TOOLS, RETRIEVAL, BOOTSTRAP);
    static final ArchRule INFERENCE_SEES_NO_OTHER_ADAPTER =
            seesNone(INFERENCE, REST, PERSISTENCE, TOOLS, RETRIEVAL, BOOTSTRAP);
    static final ArchRule TOOLS_SEE_NO_OTHER_ADAPTER =
            seesNone(TOOLS, REST, PERSISTENCE, INFERENCE, RETRIEVAL, BOOTSTRAP);
    static final ArchRule RETRIEVAL_SEES_NO_OTHER_ADAPTER =
            seesNone(RETRIEVAL, REST, PERSISTENCE, INFERENCE, TOOLS, BOOTSTRAP);

    static final ArchRule DOMAIN_IS_PURE = noClasses()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, InstantSource.class, Thread.class)
            .because("clock and ids come in as values, so that every rule can be tried in a table");

    static final ArchRule ONE_LOOP = noClasses()
            .that(resideInAnyPackage("dev.parley..")
                    .and(DescribedPredicate.not(named("dev.parley.application.turn.TurnEngine")))
                    .and(DescribedPredicate.not(named("dev.parley.application.turn.Asking")))
                    .and(DescribedPredicate.not(named("dev.parley.application.turn.ToolRunner")))
                    .and(DescribedPredicate.not(named("dev.parley.application.turn.ShieldRunner")))
                    // a guard model is asked about a turn, and is no part of it
                    .and(DescribedPredicate.not(named("dev.parley.tools.shield.LlamaGuard")))
                    // what a client asks for outside of turns is no turn's work
                    .and(DescribedPredicate.not(named("dev.parley.application.tool.InvokeTool")))
                    // a way to a model or a tool may be made of several, and then hands on what the engine asked of it
                    .and(DescribedPredicate.not(assignableTo("dev.parley.application.port.Inference")))
                    .and(DescribedPredicate.not(assignableTo("dev.parley.application.port.Tools")))
                    .and(DescribedPredicate.not(assignableTo("dev.parley.application.port.HostedToolProvider"))))
            .should()
            .callMethodWhere(callOf("dev.parley.application.port.Inference", "infer")
                    .or(callOf("dev.parley.application.port.Tools", "list"))
                    .or(callOf("dev.parley.application.port.Tools", "run"))
                    .or(callOf("dev.parley.application.port.Tools", "runHosted"))
                    .or(callOf("dev.parley.application.port.Shields", "check"))
                    .or(callOf("dev.parley.application.port.Retrieval", "retrieve"))
                    .as("a port that does a turn's work"))
            .because("there is one loop, and it is TurnEngine");

    static final ArchRule ENGINE_IS_REACHED_THROUGH_USE_CASES = noClasses()
            .that()
            .resideOutsideOfPackage("dev.parley.application.turn")
            .and()
            .doNotHaveFullyQualifiedName("dev.parley.bootstrap.Wiring")
            .and(DescribedPredicate.not(generatedFor("dev.parley.bootstrap.$Wiring")))
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.parley.application.turn.TurnEngine")
            .because("a turn is begun and resumed by use-cases only");

    static final ArchRule REACTIVE_TYPES_STAY_AT_THE_BRIDGE = noClasses()
            .that()
            .resideInAPackage("dev.parley..")
            .and()
            .resideOutsideOfPackage("dev.parley.rest.sse..")
            // the interface of the MCP SDK's transports is made of them
            .and(DescribedPredicate.not(named("dev.parley.tools.mcp.BlockingTransport")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.reactivestreams..", "reactor..", "java.util.concurrent.Flow..")
            .because("everything but the bridges to Netty and to the MCP SDK is blocking code on virtual threads");

    static final ArchRule JSON_IS_THE_ADAPTERS_BUSINESS = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN, APPLICATION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml..", "tools.jackson..", "io.micronaut..", "jakarta..")
            .because("one domain is stored in one shape and spoken in two");

    static final ArchRule HTTP_STATUS_IS_THE_DIALECTS_BUSINESS = noClasses()
            .that()
            .resideInAPackage("dev.parley..")
            .and()
            .resideOutsideOfPackage(REST)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.micronaut.http.HttpStatus")
            .because("a refusal has a code; which status it becomes is decided in one place for each dialect");

    static final ArchRule CONTROLLERS_ARE_NOT_PUBLIC = classes()
            .that()
            .areAnnotatedWith("io.micronaut.http.annotation.Controller")
            .should()
            .notBePublic()
            .because("nothing but HTTP calls a controller");

    static final ArchRule REPOSITORIES_ARE_NOT_PUBLIC = classes()
            .that()
            .areAnnotatedWith("io.micronaut.data.jdbc.annotation.JdbcRepository")
            .should()
            .notBePublic()
            .because("the ports are the way to the store");

    static final ArchRule REPOSITORIES_BLOCK = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith("io.micronaut.data.jdbc.annotation.JdbcRepository")
            .should()
            .haveRawReturnType(assignableTo(CompletionStage.class))
            .because("the jar is packed without what serves repositories that do not block");

    static final ArchRule NAMES_SAY_WHAT_A_THING_IS = noClasses()
            .that()
            .resideInAPackage("dev.parley..")
            .should()
            .haveNameMatching(".*\\.(Abstract\\w+|\\w+(Mapper|Impl|UseCase|Util|Utils|Helper|Manager))(\\$.*)?")
            .orShould()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..")
            .because("such a name says nothing about what is inside");

    private HouseRules() {}

    private static ArchRule seesNone(String adapter, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(adapter)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("adapters meet in the application's ports only");
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(
                name, type -> type.getName().equals(name) || type.getName().startsWith(name + '$'));
    }

    private static DescribedPredicate<JavaClass> generatedFor(String prefix) {
        return DescribedPredicate.describe(
                "generated for " + prefix, type -> type.getName().startsWith(prefix));
    }

    private static DescribedPredicate<JavaMethodCall> callOf(String type, String method) {
        return DescribedPredicate.describe(
                "%s.%s".formatted(type, method),
                call -> call.getName().equals(method) && call.getTargetOwner().isAssignableTo(type));
    }
}
