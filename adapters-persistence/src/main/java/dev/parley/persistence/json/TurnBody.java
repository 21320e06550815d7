package dev.parley.persistence.json;

import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Document;
import dev.parley.domain.turn.TurnSpec;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** What of a turn is settled when it begins and never changes. */
@Serdeable
public record TurnBody(TurnSpec spec, List<Message.Input> input, List<Document> documents) {}
