package dev.parley.persistence;

import dev.parley.application.port.Turns;
import dev.parley.domain.Owner;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns read from PostgreSQL. */
@Singleton
final class PostgresTurns implements Turns {

    private final TurnRows rows;
    private final JournalRows journal;
    private final Threads threads;
    private final TurnReader reader;

    PostgresTurns(TurnRows rows, JournalRows journal, Threads threads, TurnReader reader) {
        this.rows = rows;
        this.journal = journal;
        this.threads = threads;
        this.reader = reader;
    }

    @Override
    public Optional<Turn> find(Owner owner, SessionId session, TurnId id) {
        return rows.find(owner.id(), session.value(), id.value()).map(reader::read);
    }

    @Override
    public boolean isLast(Owner owner, SessionId session, TurnId id) {
        return rows.isLast(owner.id(), session.value(), id.value()).orElse(false);
    }

    @Override
    public List<Turn> inSession(Owner owner, SessionId session) {
        return reader.readOldestFirst(rows.inSession(owner.id(), session.value()));
    }

    @Override
    public List<Turn> inSession(Owner owner, SessionId session, Set<TurnId> ids) {
        return ids.isEmpty()
                ? List.of()
                : reader.readOldestFirst(rows.inSession(
                        owner.id(),
                        session.value(),
                        ids.stream().map(TurnId::value).toArray(String[]::new)));
    }

    @Override
    public List<Turn> before(Owner owner, SessionId session, TurnId id, int limit) {
        return reader.readOldestFirst(rows.before(owner.id(), session.value(), id.value(), limit));
    }

    @Override
    public Optional<Turn> find(Owner owner, TurnId id) {
        return rows.find(owner.id(), id.value()).map(reader::read);
    }

    @Override
    public List<Turn> lineage(Owner owner, TurnId id, int limit) {
        return reader.readOldestFirst(rows.lineage(owner.id(), id.value(), limit));
    }

    @Override
    public List<TurnId> wholeLineage(Owner owner, TurnId id, int limit) {
        return rows.wholeLineage(owner.id(), id.value(), limit).reversed().stream()
                .map(TurnId::new)
                .toList();
    }

    @Override
    public List<Turn> all(Owner owner, List<TurnId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        String[] wanted = ids.stream().map(TurnId::value).toArray(String[]::new);
        return reader.readOldestFirst(rows.all(owner.id(), wanted)).stream()
                .sorted(Comparator.comparingInt(turn -> ids.indexOf(turn.id())))
                .toList();
    }

    @Override
    public boolean delete(Owner owner, TurnId id) {
        List<String> threadsLeft = journal.delete(owner.id(), id.value());
        threadsLeft.forEach(thread -> threads.dropIfEmpty(owner.id(), thread));
        return !threadsLeft.isEmpty();
    }
}
