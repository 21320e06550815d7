package dev.parley.rest.responses;

import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;

/** What is said of a thing that is there no more. */
@WireRecord
@Schema(name = "DeletedObject")
record DeletedJson(String id, String object, boolean deleted) implements WireBody {

    static DeletedJson of(String id, String object) {
        return new DeletedJson(id, object, true);
    }
}
