package dev.parley.rest.stores;

import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;

/** What is said of a file or store that is there no more. */
@WireRecord
@Schema(name = "DeletedFileOrStore")
record GoneJson(String id, String object, boolean deleted) implements WireBody {

    static GoneJson of(String id, String object) {
        return new GoneJson(id, object, true);
    }
}
