package dev.parley.rest.agents;

import dev.parley.application.safety.AskShields;
import dev.parley.application.safety.KnownShields;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shields, and what they say of a conversation (agents-api 9.1). */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Shields")
final class ShieldsController {

    private final KnownShields shields;
    private final AskShields ask;

    ShieldsController(KnownShields shields, AskShields ask) {
        this.shields = shields;
        this.ask = ask;
    }

    /** List the shields, by their ids. */
    @Get("/shields")
    ShieldListJson list() {
        return new ShieldListJson(
                shields.all(Owner.SOLE).stream().map(ShieldJson::of).toList());
    }

    /** Get a shield; its id may contain slashes. */
    @Get("/shields/{+shieldId}")
    ShieldJson get(String shieldId) {
        return shields.find(Owner.SOLE, PathIds.shield(shieldId))
                .map(ShieldJson::of)
                .orElseThrow(() -> Refusal.notFound("Shield", shieldId));
    }

    /** Register a shield, or another in its place. */
    @Post("/shields")
    @RequestBody(content = @Content(schema = @Schema(implementation = RegisterShieldRequest.class)))
    ShieldJson register(HttpRequest<byte[]> request) {
        JsonField in = JsonField.body(request);
        JsonField id = in.at("shield_id");
        if (id.string().isBlank()) {
            throw id.refuse("shield_id must not be blank");
        }
        String provider = in.at("provider_id").optional(JsonField::string).orElseGet(() -> soleProvider(in));
        return ShieldJson.of(shields.register(
                Owner.SOLE,
                new RegisteredShield(
                        id.string(),
                        provider,
                        in.at("provider_shield_id").optional(JsonField::string).orElse(id.string()),
                        in.at("params").optional(JsonField::opaqueObject).orElse(new JsonText("{}")))));
    }

    private String soleProvider(JsonField in) {
        return shields.soleProvider()
                .orElseThrow(() -> in.at("provider_id")
                        .refuse("provider_id is missing; it is llama-guard, moderation or deny-list"));
    }

    /** Forget a shield that was registered. */
    @Delete("/shields/{+shieldId}")
    RawJson unregister(String shieldId) {
        shields.unregister(Owner.SOLE, PathIds.shield(shieldId));
        return RawJson.NULL;
    }

    /** Have a shield judge a conversation. */
    @Post("/safety/run-shield")
    @RequestBody(content = @Content(schema = @Schema(implementation = RunShieldRequest.class)))
    RunShieldJson run(HttpRequest<byte[]> request) {
        JsonField in = JsonField.body(request);
        return new RunShieldJson(ask.run(
                        Owner.SOLE,
                        in.at("shield_id").string(),
                        in.at("messages").list(MessageJson::readAny))
                .map(StepJson.ViolationJson::of)
                .orElse(null));
    }

    @WireRecord
    @Schema(name = "ShieldList")
    record ShieldListJson(List<ShieldJson> data) implements WireBody {}

    @WireRecord
    @Schema(name = "Shield")
    record ShieldJson(String identifier, String providerResourceId, String providerId, String type, RawJson params)
            implements WireBody {

        static ShieldJson of(RegisteredShield shield) {
            return new ShieldJson(
                    shield.id(), shield.providerShieldId(), shield.providerId(), "shield", RawJson.of(shield.params()));
        }
    }

    @WireRecord
    @Schema(name = "RunShieldResponse")
    record RunShieldJson(StepJson.@Nullable ViolationJson violation) implements WireBody {}

    @Schema(name = "RegisterShieldRequest")
    record RegisterShieldRequest(
            String shieldId,

            @Schema(description = "llama-guard, moderation or deny-list")
            String providerId,

            @Schema(description = "The model, for shields that ask one") @Nullable
            String providerShieldId,

            @Schema(description = "What the kind of shield is to know") @Nullable
            Object params) {}

    @Schema(name = "RunShieldRequest")
    record RunShieldRequest(String shieldId, List<MessageJson> messages) {}
}
