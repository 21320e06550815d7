package dev.parley.persistence;

import dev.parley.application.port.EventLog;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnId;
import dev.parley.persistence.EventRows.EventRow;
import dev.parley.persistence.json.BodyCodec;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** What readers of background turns are told, in PostgreSQL: a row for each batch that was added. */
@Singleton
final class PostgresEventLog implements EventLog {

    /** How many places one reading covers; the last batch may reach beyond. */
    private static final int PAGE = 2000;

    /** How many batches one reading back covers: what is looked for mostly ends the last one. */
    private static final int BATCHES = 4;

    private final EventRows rows;
    private final BodyCodec codec;
    private final ThisReplica self;

    PostgresEventLog(EventRows rows, BodyCodec codec, ThisReplica self) {
        this.rows = rows;
        this.codec = codec;
        this.self = self;
    }

    @Override
    public boolean append(Owner owner, TurnId turn, long after, List<Entry> entries) {
        return rows.append(
                        owner.id(),
                        turn.value(),
                        after,
                        entries.size(),
                        self.id(),
                        BodyCodec.VERSION,
                        codec.write(entries))
                > 0;
    }

    @Override
    public List<Placed> read(Owner owner, TurnId turn, long after) {
        List<Placed> read = new ArrayList<>();
        for (EventRow row : rows.read(owner.id(), turn.value(), after, after + PAGE)) {
            read.addAll(placed(turn, row));
        }
        read.removeIf(placed -> placed.place() <= after);
        return read;
    }

    @Override
    public List<Placed> readBack(Owner owner, TurnId turn, long before) {
        List<Placed> read = new ArrayList<>();
        for (EventRow row : rows.readBack(owner.id(), turn.value(), before, BATCHES)) {
            read.addAll(placed(turn, row).reversed());
        }
        read.removeIf(placed -> placed.place() >= before);
        return read;
    }

    private List<Placed> placed(TurnId turn, EventRow row) {
        List<Entry> entries =
                Readable.orThrow("log of turn", turn.value(), () -> codec.readEntries(row.schemaVersion(), row.body()));
        List<Placed> placed = new ArrayList<>(entries.size());
        for (int index = 0; index < entries.size(); index++) {
            placed.add(new Placed(row.firstPlace() + index, entries.get(index)));
        }
        return placed;
    }
}
