package dev.parley.persistence.json;

import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Document;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** What a client gave a turn to begin with, which never changes. */
@Serdeable
public record TurnBody(List<Message.Input> input, List<Document> documents) {}
