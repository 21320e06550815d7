package dev.parley.persistence;

import dev.parley.application.port.RegisteredShields;
import dev.parley.domain.Owner;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.persistence.ShieldRows.ShieldRow;
import dev.parley.persistence.json.BodyCodec;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Registered shields in PostgreSQL. */
@Singleton
final class PostgresShields implements RegisteredShields {

    private final ShieldRows rows;
    private final BodyCodec codec;

    PostgresShields(ShieldRows rows, BodyCodec codec) {
        this.rows = rows;
        this.codec = codec;
    }

    @Override
    public void put(Owner owner, RegisteredShield shield) {
        rows.put(owner.id(), shield.id(), BodyCodec.VERSION, codec.write(shield));
    }

    @Override
    public Optional<RegisteredShield> find(Owner owner, String id) {
        return rows.find(owner.id(), id).map(row -> Readable.orThrow("shield", row.id(), () -> read(row)));
    }

    @Override
    public List<RegisteredShield> all(Owner owner) {
        return rows.all(owner.id()).stream()
                .flatMap(row -> Readable.orEmpty("shield", row.id(), () -> read(row)).stream())
                .toList();
    }

    @Override
    public boolean remove(Owner owner, String id) {
        return rows.delete(owner.id(), id) > 0;
    }

    private RegisteredShield read(ShieldRow row) {
        return codec.readShield(row.schemaVersion(), row.body());
    }
}
