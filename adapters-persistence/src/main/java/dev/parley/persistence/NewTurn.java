package dev.parley.persistence;

import dev.parley.application.port.RequestKey;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnInput;
import dev.parley.persistence.json.BodyCodec;
import io.micronaut.core.annotation.Nullable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A turn that is to begin, as its row has it.
 *
 * @param replica the process that runs it, if it runs
 * @param specId a hash of the spec's text, so that the same spec is the same row however often it is used
 * @param compacts whether it stands for all before it
 * @param brought the ids of items that do not lead to the turn by themselves
 */
record NewTurn(
        String owner,
        String id,
        String state,
        boolean background,
        String replica,
        Instant startedAt,
        @Nullable String requestKey,
        @Nullable String requestFingerprint,
        String specId,
        String spec,
        String body,
        boolean compacts,
        String outcome,
        List<String> brought) {

    static NewTurn of(String owner, Turn turn, Optional<RequestKey> request, ThisReplica self, BodyCodec codec) {
        String spec = codec.write(turn.spec());
        return new NewTurn(
                owner,
                turn.id().value(),
                StateName.of(turn.state()),
                turn.spec().terms().filter(ResponseTerms::background).isPresent(),
                self.id(),
                turn.startedAt(),
                request.map(RequestKey::key).orElse(null),
                request.map(RequestKey::fingerprint).orElse(null),
                hash(spec),
                spec,
                codec.write(turn.input()),
                turn.standsForAllBefore(),
                codec.write(turn.state()),
                brought(turn));
    }

    String beginIn(JournalRows rows, SessionId session) {
        return rows.beginInSession(
                owner,
                id,
                session.value(),
                state,
                background,
                replica,
                startedAt,
                requestKey,
                requestFingerprint,
                BodyCodec.VERSION,
                specId,
                spec,
                body,
                compacts,
                outcome,
                brought.toArray(String[]::new));
    }

    String beginIn(JournalRows rows, ConversationId conversation) {
        return rows.beginInConversation(
                owner,
                id,
                conversation.value(),
                state,
                background,
                replica,
                startedAt,
                requestKey,
                requestFingerprint,
                BodyCodec.VERSION,
                specId,
                spec,
                body,
                compacts,
                outcome,
                brought.toArray(String[]::new));
    }

    String beginAfter(JournalRows rows, Optional<TurnId> previous) {
        return rows.beginAfter(
                owner,
                id,
                previous.map(TurnId::value).orElse(null),
                state,
                background,
                replica,
                startedAt,
                requestKey,
                requestFingerprint,
                BodyCodec.VERSION,
                specId,
                spec,
                body,
                compacts,
                outcome,
                brought.toArray(String[]::new));
    }

    private static List<String> brought(Turn turn) {
        return switch (turn.input()) {
            case TurnInput.Messages _ -> List.of();
            case TurnInput.Items(var items, var _) ->
                items.stream()
                        .map(item -> item.id())
                        .filter(id -> !id.turn().equals(Optional.of(turn.id())))
                        .map(ItemId::value)
                        .toList();
        };
    }

    private static String hash(String spec) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(spec.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
