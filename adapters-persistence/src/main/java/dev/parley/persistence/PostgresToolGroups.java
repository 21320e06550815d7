package dev.parley.persistence;

import dev.parley.application.port.ToolGroups;
import dev.parley.domain.Owner;
import dev.parley.persistence.ToolGroupRows.ToolGroupRow;
import dev.parley.persistence.json.BodyCodec;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Groups of tools in PostgreSQL. */
@Singleton
final class PostgresToolGroups implements ToolGroups {

    private final ToolGroupRows rows;
    private final BodyCodec codec;

    PostgresToolGroups(ToolGroupRows rows, BodyCodec codec) {
        this.rows = rows;
        this.codec = codec;
    }

    @Override
    public void register(Owner owner, Registration registration) {
        rows.put(owner.id(), registration.group().id(), BodyCodec.VERSION, codec.write(registration));
    }

    @Override
    public Optional<Registration> find(Owner owner, String id) {
        return rows.find(owner.id(), id).map(row -> Readable.orThrow("tool group", row.id(), () -> read(row)));
    }

    @Override
    public List<Registration> list(Owner owner) {
        return rows.list(owner.id()).stream()
                .flatMap(row -> Readable.orEmpty("tool group", row.id(), () -> read(row)).stream())
                .toList();
    }

    @Override
    public boolean unregister(Owner owner, String id) {
        return rows.delete(owner.id(), id) > 0;
    }

    private Registration read(ToolGroupRow row) {
        return codec.readToolGroup(row.schemaVersion(), row.body());
    }
}
