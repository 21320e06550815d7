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
            List<Entry> entries = Readable.orThrow(
                    "log of turn", turn.value(), () -> codec.readEntries(row.schemaVersion(), row.body()));
            for (int index = 0; index < entries.size(); index++) {
                long place = row.firstPlace() + index;
                if (place > after) {
                    read.add(new Placed(place, entries.get(index)));
                }
            }
        }
        return read;
    }

    @Override
    public long last(Owner owner, TurnId turn) {
        return rows.last(owner.id(), turn.value());
    }
}
