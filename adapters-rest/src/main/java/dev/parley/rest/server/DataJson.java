package dev.parley.rest.server;

import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A whole list, as the neighbours of the Agents API give it (agents-api 9). */
@WireRecord
@Schema(name = "DataList")
record DataJson(List<? extends WireBody> data) implements WireBody {}
