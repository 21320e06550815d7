package dev.parley.domain.turn;

import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.response;
import static dev.parley.domain.tool.ToolFixture.serverTool;

import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;

/** The tools that the tests of this package play with: two of this server and two of the client. */
final class SampleTools {

    static final ToolCall SEARCH = call("call_1", "search", "{\"query\":\"pulse\"}");
    static final ToolCall LOOK_UP = call("call_2", "look_up");
    static final ToolCall MEASURE = call("call_3", "measure");
    static final ToolCall ASK = call("call_4", "ask");

    static final ToolResponse MEASURED = response(MEASURE, "118/79");
    static final ToolResponse MEASURED_OTHERWISE = response(MEASURE, "90/60");
    static final ToolResponse ASKED = response(ASK, "yes");

    private SampleTools() {}

    static SpecFixture withTools() {
        return SpecFixture.spec()
                .tools(clientTool("measure"), clientTool("ask"), serverTool("search"), serverTool("look_up"));
    }

    /** A turn with these tools that has just begun. */
    static TurnPlay play() {
        return play(withTools());
    }

    static TurnPlay play(SpecFixture spec) {
        return TurnPlay.of(TurnFixture.turn(spec.build()));
    }
}
