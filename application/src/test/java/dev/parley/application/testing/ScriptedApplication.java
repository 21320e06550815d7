package dev.parley.application.testing;

import dev.parley.application.agent.CreateAgent;
import dev.parley.application.agent.DeleteAgent;
import dev.parley.application.agent.ReadAgents;
import dev.parley.application.conversation.CreateConversation;
import dev.parley.application.conversation.DeleteConversation;
import dev.parley.application.conversation.EditConversation;
import dev.parley.application.conversation.ReadConversations;
import dev.parley.application.port.BackgroundRuns;
import dev.parley.application.port.Downloads;
import dev.parley.application.port.EventLog;
import dev.parley.application.port.Tokenizer;
import dev.parley.application.response.CancelResponse;
import dev.parley.application.response.CompactContext;
import dev.parley.application.response.Context;
import dev.parley.application.response.CountTokens;
import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.FollowResponse;
import dev.parley.application.response.InputItems;
import dev.parley.application.response.ReadResponses;
import dev.parley.application.response.References;
import dev.parley.application.response.ResponseSpecs;
import dev.parley.application.response.RunInBackground;
import dev.parley.application.response.Seal;
import dev.parley.application.session.CreateSession;
import dev.parley.application.session.DeleteSession;
import dev.parley.application.session.ReadSessions;
import dev.parley.application.tool.ToolLimits;
import dev.parley.application.turn.CreateTurn;
import dev.parley.application.turn.ReadDocuments;
import dev.parley.application.turn.ReadTurns;
import dev.parley.application.turn.RecoverTurns;
import dev.parley.application.turn.ResumeTurn;
import dev.parley.application.turn.RunningTurns;
import dev.parley.application.turn.ShieldRunner;
import dev.parley.application.turn.ToolRunner;
import dev.parley.application.turn.TurnEngine;
import dev.parley.application.turn.TurnRunner;
import dev.parley.application.turn.TurnSettings;
import dev.parley.application.turn.TurnSpecs;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.safety.CheckPace;
import dev.parley.domain.turn.TurnId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every use-case over stand-ins: one process, from the inside of whoever calls it to the outside of every port. */
public final class ScriptedApplication {

    /** A session waits this long for its running turn: long enough for any test, short when it must be waited out. */
    public static final TurnSettings SETTINGS = new TurnSettings(Duration.ofSeconds(5), 1000);

    /** Tools get this much. */
    public static final ToolLimits LIMITS = new ToolLimits(Duration.ofSeconds(30), 100_000, 50, 4);

    /** Of what clients entrust to the server. */
    public static final Seal SEAL = Seal.of("test", new byte[Seal.KEY_LENGTH]);

    private final InMemoryStore store;
    private final FaultyJournal journal;
    private final ScriptedInference model = new ScriptedInference();
    private final ScriptedTools tools = new ScriptedTools();
    private final ScriptedShields shields = new ScriptedShields();
    private final ScriptedRetrieval retrieval = new ScriptedRetrieval();
    private final RunningTurns running = new RunningTurns();
    private final SteppingClock clock = new SteppingClock();
    private final CountingIds ids;
    private final Queue<TurnId> scheduled = new ConcurrentLinkedQueue<>();
    private final TurnSettings settings;
    private final TurnEngine engine;
    private final TurnRunner runner;

    public ScriptedApplication() {
        this(SETTINGS);
    }

    public ScriptedApplication(TurnSettings settings) {
        this(settings, new InMemoryStore(), new CountingIds());
    }

    private ScriptedApplication(TurnSettings settings, InMemoryStore store, CountingIds ids) {
        this.store = store;
        this.ids = ids;
        this.settings = settings;
        journal = new FaultyJournal(store);
        engine = new TurnEngine(
                model,
                new ToolRunner(tools, keys -> SEAL.open(Seal.KEYS, keys), LIMITS),
                new ShieldRunner(shields, new CheckPace(CheckPace.By.SENTENCE, 200)),
                retrieval,
                clock);
        runner = new TurnRunner(engine, journal, store, running, settings);
        store.beat();
    }

    /** Another process on the same store, with stand-ins of its own. */
    public ScriptedApplication another() {
        return new ScriptedApplication(SETTINGS, store.another(), ids);
    }

    /** A new agent with a session, to talk with. */
    public Chat chat(AgentConfig config) {
        Owner owner = Owner.SOLE;
        AgentId agent = createAgent().create(owner, config).id();
        return new Chat(
                this,
                owner,
                agent,
                createSession().create(owner, agent, "a chat").id());
    }

    public InMemoryStore store() {
        return store;
    }

    public FaultyJournal journal() {
        return journal;
    }

    public ScriptedInference model() {
        return model;
    }

    public ScriptedTools tools() {
        return tools;
    }

    public ScriptedShields shields() {
        return shields;
    }

    public ScriptedRetrieval retrieval() {
        return retrieval;
    }

    public RunningTurns running() {
        return running;
    }

    public TurnEngine engine() {
        return engine;
    }

    public CreateAgent createAgent() {
        return new CreateAgent(store, ids, clock);
    }

    public ReadAgents readAgents() {
        return new ReadAgents(store);
    }

    public DeleteAgent deleteAgent() {
        return new DeleteAgent(store);
    }

    public CreateSession createSession() {
        return new CreateSession(store, ids, clock);
    }

    public ReadSessions readSessions() {
        return new ReadSessions(store, store, store);
    }

    public DeleteSession deleteSession() {
        return new DeleteSession(store);
    }

    /** Takes documents only where their texts are at hand. */
    public CreateTurn createTurn() {
        return createTurn(new ReadDocuments(
                (_, _) -> {
                    throw new Downloads.DownloadFailed("nothing is there");
                },
                document -> new String(document.content(), StandardCharsets.UTF_8)));
    }

    public CreateTurn createTurn(ReadDocuments reading) {
        return new CreateTurn(store, store, new TurnSpecs(tools, shields), reading, journal, runner, ids, clock);
    }

    public ResumeTurn resumeTurn() {
        return new ResumeTurn(store, store, journal, runner, clock);
    }

    public ReadTurns readTurns() {
        return new ReadTurns(store, store);
    }

    public CreateResponse createResponse() {
        return createResponse(new Waiting(scheduled));
    }

    public CreateResponse createResponse(BackgroundRuns runs) {
        return new CreateResponse(context(), new References(store), responseSpecs(), journal, runner, runs, ids, clock);
    }

    public ReadResponses readResponses() {
        return new ReadResponses(store, new InputItems(store, store, store, settings));
    }

    public CancelResponse cancelResponse() {
        return new CancelResponse(store, journal, store, running, clock);
    }

    public FollowResponse followResponse() {
        return followResponse(store);
    }

    public FollowResponse followResponse(EventLog log) {
        return new FollowResponse(store, log, runner, Duration.ofMillis(100));
    }

    public CompactContext compactContext() {
        return new CompactContext(context(), new References(store), runner, clock);
    }

    public CountTokens countTokens(Tokenizer tokenizer) {
        return new CountTokens(context(), new References(store), responseSpecs(), tokenizer, clock);
    }

    public RunInBackground runInBackground() {
        return runInBackground(store);
    }

    public RunInBackground runInBackground(EventLog log) {
        return new RunInBackground(store, journal, log, context(), runner, clock);
    }

    /** The turns that wait to be run in the background, oldest first. */
    public Queue<TurnId> scheduled() {
        return scheduled;
    }

    private ResponseSpecs responseSpecs() {
        return new ResponseSpecs(tools, shields, (_, _) -> {});
    }

    private Context context() {
        return new Context(store, store, settings);
    }

    public RecoverTurns recoverTurns() {
        return new RecoverTurns(store, journal, running, clock);
    }

    public CreateConversation createConversation() {
        return new CreateConversation(store, new References(store), ids, clock);
    }

    public ReadConversations readConversations() {
        return new ReadConversations(store);
    }

    public EditConversation editConversation() {
        return new EditConversation(store, new References(store));
    }

    public DeleteConversation deleteConversation() {
        return new DeleteConversation(store);
    }

    /** Has scheduled turns wait until a test runs them. */
    private record Waiting(Queue<TurnId> turns) implements BackgroundRuns {

        @Override
        public void schedule(Owner owner, TurnId turn) {
            turns.add(turn);
        }

        @Override
        public void start(Runner runner) {}

        @Override
        public void pause() {}

        @Override
        public void stop() {}
    }
}
