package dev.parley.application.testing;

import dev.parley.application.port.Agents;
import dev.parley.application.port.Conversations;
import dev.parley.application.port.EventLog;
import dev.parley.application.port.Items;
import dev.parley.application.port.Page;
import dev.parley.application.port.Replicas;
import dev.parley.application.port.RequestKey;
import dev.parley.application.port.Sessions;
import dev.parley.application.port.Slice;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.Turns;
import dev.parley.application.port.UnreadableTurn;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.session.Session;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * A store that forgets everything with the process, as one process sees it; {@link #another} gives the view of another
 * process on the same store. Safe for use by many threads.
 */
public final class InMemoryStore
        implements Agents, Sessions, Turns, TurnJournal, Replicas, Conversations, Items, EventLog {

    /** Few, so that whoever reads back has to do so more than once. */
    private static final int PAGE_BACK = 2;

    private record AgentRow(Owner owner, Agent agent) {}

    private record SessionRow(Owner owner, Session session) {}

    private record ConversationRow(Owner owner, Conversation conversation, List<Kept> items) {}

    /** @param by the turn that added the item */
    private record Kept(Item item, Optional<TurnId> by) {}

    /** @param process the one that drives the turn, or did last; none where it waits for one */
    private record TurnRow(Owner owner, Optional<RequestKey> request, Optional<Object> process, Turn turn) {

        boolean isInBackground() {
            return turn.spec().terms().filter(ResponseTerms::background).isPresent();
        }

        boolean runsInBackground() {
            return runs() && isInBackground();
        }

        TurnRow drivenBy(Optional<Object> other) {
            return new TurnRow(owner, request, other, turn);
        }

        boolean isIn(Owner someone, SessionId some) {
            return owner.equals(someone) && turn.origin().equals(new Origin.InSession(some));
        }

        boolean runs() {
            return turn.state() instanceof TurnState.Running;
        }
    }

    /** What all processes see, guarded by itself. Rows are in the order in which they were added. */
    private static final class Tables {
        private final Map<AgentId, AgentRow> agents = new LinkedHashMap<>();
        private final Map<SessionId, SessionRow> sessions = new LinkedHashMap<>();
        private final Map<ConversationId, ConversationRow> conversations = new LinkedHashMap<>();
        private final Map<TurnId, List<EventLog.Entry>> logs = new LinkedHashMap<>();
        private final Map<TurnId, TurnRow> turns = new LinkedHashMap<>();
        /** What came before turns that were deleted. */
        private final Map<TurnId, TurnId> bridges = new LinkedHashMap<>();

        private final Map<TurnId, Integer> brokenRuns = new LinkedHashMap<>();
        private final Set<Object> living = new HashSet<>();
    }

    private final Tables tables;
    private final Object process = new Object();
    private final AtomicReference<Optional<RuntimeException>> historyFails = new AtomicReference<>(Optional.empty());

    private final Set<TurnId> unreadable = ConcurrentHashMap.newKeySet();
    private final AtomicInteger readByName = new AtomicInteger();

    public InMemoryStore() {
        this(new Tables());
    }

    private InMemoryStore(Tables tables) {
        this.tables = tables;
    }

    /** The same store as another process sees it, which has not said yet that it lives. */
    public InMemoryStore another() {
        return new InMemoryStore(tables);
    }

    /** Has the next reading of the turns before one fail, as it would where one of them can't be read. */
    public void failNextHistory() {
        failNextHistory(new IllegalStateException("a turn cannot be read"));
    }

    /** The same for another reason. */
    public void failNextHistory(RuntimeException failure) {
        historyFails.set(Optional.of(failure));
    }

    /** How many turns were asked for by their ids, many at a time. */
    public int turnsReadByName() {
        return readByName.get();
    }

    /** Has the turn not be readable, or be so again, as far as this process is concerned. */
    public void damage(TurnId turn, boolean damaged) {
        if (damaged) {
            unreadable.add(turn);
        } else {
            unreadable.remove(turn);
        }
    }

    private void failIfToldTo() {
        historyFails.getAndSet(Optional.empty()).ifPresent(failure -> {
            throw failure;
        });
    }

    public Store asStore() {
        return new Store(this, this, this, this, this, this, this, this);
    }

    // ---- agents

    @Override
    public void add(Owner owner, Agent agent) {
        synchronized (tables) {
            tables.agents.put(agent.id(), new AgentRow(owner, agent));
        }
    }

    @Override
    public Optional<Agent> find(Owner owner, AgentId id) {
        synchronized (tables) {
            return Optional.ofNullable(tables.agents.get(id))
                    .filter(row -> row.owner.equals(owner))
                    .map(AgentRow::agent);
        }
    }

    @Override
    public Page<Agent> list(Owner owner, Slice slice) {
        synchronized (tables) {
            return page(
                    tables.agents.values().stream()
                            .filter(row -> row.owner.equals(owner))
                            .map(AgentRow::agent)
                            .sorted(Comparator.comparing(Agent::createdAt)
                                    .thenComparing(agent -> agent.id().value()))
                            .toList(),
                    slice);
        }
    }

    @Override
    public boolean delete(Owner owner, AgentId id) {
        synchronized (tables) {
            if (find(owner, id).isEmpty()) {
                return false;
            }
            list(owner, id, Slice.ALL).items().forEach(session -> delete(owner, id, session.id()));
            tables.agents.remove(id);
            return true;
        }
    }

    // ---- sessions

    @Override
    public boolean add(Owner owner, Session session) {
        synchronized (tables) {
            if (find(owner, session.agentId()).isEmpty()) {
                return false;
            }
            tables.sessions.put(session.id(), new SessionRow(owner, session));
            return true;
        }
    }

    @Override
    public Optional<Session> find(Owner owner, AgentId agent, SessionId id) {
        synchronized (tables) {
            return session(owner, id).filter(session -> session.agentId().equals(agent));
        }
    }

    @Override
    public Page<Session> list(Owner owner, AgentId agent, Slice slice) {
        synchronized (tables) {
            return page(
                    tables.sessions.values().stream()
                            .filter(row -> row.owner.equals(owner))
                            .map(SessionRow::session)
                            .filter(session -> session.agentId().equals(agent))
                            .sorted(Comparator.comparing(Session::startedAt)
                                    .thenComparing(session -> session.id().value()))
                            .toList(),
                    slice);
        }
    }

    @Override
    public boolean delete(Owner owner, AgentId agent, SessionId id) {
        synchronized (tables) {
            if (find(owner, agent, id).isEmpty()) {
                return false;
            }
            tables.turns.values().removeIf(row -> row.isIn(owner, id));
            tables.sessions.remove(id);
            return true;
        }
    }

    private Optional<Session> session(Owner owner, SessionId id) {
        return Optional.ofNullable(tables.sessions.get(id))
                .filter(row -> row.owner.equals(owner))
                .map(SessionRow::session);
    }

    // ---- turns

    @Override
    public Optional<Turn> find(Owner owner, SessionId session, TurnId id) {
        return inSession(owner, session).stream()
                .filter(turn -> turn.id().equals(id))
                .findFirst();
    }

    @Override
    public boolean isLast(Owner owner, SessionId session, TurnId id) {
        List<Turn> all = inSession(owner, session);
        return !all.isEmpty() && all.getLast().id().equals(id);
    }

    @Override
    public List<Turn> inSession(Owner owner, SessionId session) {
        synchronized (tables) {
            return tables.turns.values().stream()
                    .filter(row -> row.isIn(owner, session))
                    .map(TurnRow::turn)
                    .toList();
        }
    }

    @Override
    public List<Turn> inSession(Owner owner, SessionId session, Set<TurnId> ids) {
        return inSession(owner, session).stream()
                .filter(turn -> ids.contains(turn.id()))
                .toList();
    }

    @Override
    public List<Turn> before(Owner owner, SessionId session, TurnId id, int limit) {
        failIfToldTo();
        List<Turn> all = inSession(owner, session);
        int end = all.stream().map(Turn::id).toList().indexOf(id);
        int start = Math.max(0, end);
        while (start > 0
                && end - start < limit
                && (start == end || !all.get(start).standsForAllBefore())) {
            start--;
        }
        return end < 0 ? List.of() : List.copyOf(all.subList(start, end));
    }

    @Override
    public Optional<Turn> find(Owner owner, TurnId id) {
        if (unreadable.contains(id)) {
            throw new UnreadableTurn(id, "it was damaged", new IllegalStateException("damaged"));
        }
        synchronized (tables) {
            return Optional.ofNullable(tables.turns.get(id))
                    .filter(row -> row.owner.equals(owner))
                    .map(TurnRow::turn);
        }
    }

    @Override
    public List<Turn> lineage(Owner owner, TurnId id, int limit) {
        failIfToldTo();
        return line(owner, id, limit, Turn::standsForAllBefore);
    }

    @Override
    public List<TurnId> wholeLineage(Owner owner, TurnId id, int limit) {
        return line(owner, id, limit, _ -> false).stream().map(Turn::id).toList();
    }

    private List<Turn> line(Owner owner, TurnId id, int limit, Predicate<Turn> ends) {
        synchronized (tables) {
            Deque<Turn> line = new ArrayDeque<>();
            Optional<TurnRow> next = row(owner, id);
            while (next.isPresent() && line.size() < limit) {
                Turn turn = next.get().turn;
                line.addFirst(turn);
                next = ends.test(turn) ? Optional.empty() : rowBefore(owner, next.get());
            }
            return List.copyOf(line);
        }
    }

    @Override
    public List<Turn> all(Owner owner, List<TurnId> ids) {
        synchronized (tables) {
            readByName.addAndGet(ids.size());
            return ids.stream().flatMap(id -> find(owner, id).stream()).toList();
        }
    }

    private Optional<TurnRow> row(Owner owner, TurnId id) {
        return Optional.ofNullable(tables.turns.get(id)).filter(row -> row.owner.equals(owner));
    }

    private Optional<TurnRow> rowBefore(Owner owner, TurnRow row) {
        return switch (row.turn.origin()) {
            case Origin.AfterTurn(Optional<TurnId> previous) -> previous.flatMap(id -> rowOrBefore(owner, id));
            case Origin.InConversation _ -> Optional.empty();
            case Origin.InSession(SessionId session) -> {
                List<Turn> all = inSession(owner, session);
                int place = all.indexOf(row.turn);
                yield place == 0
                        ? Optional.empty()
                        : row(owner, all.get(place - 1).id());
            }
        };
    }

    private Optional<TurnRow> rowOrBefore(Owner owner, TurnId id) {
        return row(owner, id)
                .or(() -> Optional.ofNullable(tables.bridges.get(id)).flatMap(before -> rowOrBefore(owner, before)));
    }

    @Override
    public boolean delete(Owner owner, TurnId id) {
        synchronized (tables) {
            Optional<TurnRow> deleted = row(owner, id).filter(row -> row.turn.isAtRest());
            deleted.flatMap(row -> rowBefore(owner, row)).ifPresent(before -> tables.bridges.put(id, before.turn.id()));
            deleted.ifPresent(row -> tables.turns.remove(id));
            return deleted.isPresent();
        }
    }

    // ---- journal

    @Override
    public Beginning begin(Owner owner, Turn turn, Optional<RequestKey> request) {
        synchronized (tables) {
            boolean exists = switch (turn.origin()) {
                case Origin.InSession(SessionId session) ->
                    session(owner, session).isPresent();
                case Origin.AfterTurn(Optional<TurnId> previous) ->
                    previous.isEmpty() || row(owner, previous.get()).isPresent();
                case Origin.InConversation(ConversationId conversation) ->
                    find(owner, conversation).isPresent();
            };
            if (!exists) {
                return new Beginning.NoOrigin();
            }
            Optional<Beginning.AlreadyBegun> known = request.flatMap(name -> begun(owner, turn.origin(), name));
            if (known.isPresent()) {
                return known.get();
            }
            if (isBusy(owner, turn.origin())) {
                return new Beginning.OriginBusy();
            }
            tables.turns.put(turn.id(), new TurnRow(owner, request, driver(turn), turn));
            return new Beginning.Begun();
        }
    }

    @Override
    public Optional<Beginning.AlreadyBegun> begunBefore(Owner owner, Origin origin, RequestKey request) {
        synchronized (tables) {
            Optional<Origin> session = origin instanceof Origin.AfterTurn(Optional<TurnId> previous)
                    ? previous.flatMap(id -> row(owner, id))
                            .map(row -> row.turn.origin())
                            .filter(of -> of instanceof Origin.InSession)
                    : Optional.empty();
            return begun(owner, origin, request).or(() -> session.flatMap(of -> begun(owner, of, request)));
        }
    }

    private Optional<Beginning.AlreadyBegun> begun(Owner owner, Origin origin, RequestKey request) {
        return tables.turns.values().stream()
                .filter(row -> row.owner.equals(owner) && sharesKeys(row.turn.origin(), origin))
                .filter(row -> row.request.map(RequestKey::key).equals(Optional.of(request.key())))
                .findFirst()
                .map(row -> new Beginning.AlreadyBegun(row.turn, row.request.orElseThrow()));
    }

    /** Keys of requests are unique in a session; all turns outside of sessions share theirs. */
    private static boolean sharesKeys(Origin one, Origin other) {
        boolean inSession = one instanceof Origin.InSession || other instanceof Origin.InSession;
        return !inSession || one.equals(other);
    }

    @Override
    public Saving save(Owner owner, Turn before, Turn after) {
        synchronized (tables) {
            Optional<TurnRow> row = row(owner, before.id());
            if (row.isEmpty() || row.get().turn.revision() != before.revision()) {
                return Saving.LOST;
            }
            boolean calledOff = after.state() instanceof TurnState.Cancelled;
            if (row.get().runsInBackground() && !row.get().process.equals(Optional.of(process)) && !calledOff) {
                return Saving.LOST;
            }
            TurnRow moved = new TurnRow(owner, row.get().request, driver(after), after);
            if (before.isAtRest() && !after.isAtRest() && before.origin() instanceof Origin.InSession(SessionId id)) {
                if (isBusy(owner, before.origin())) {
                    return Saving.SESSION_BUSY;
                }
                if (!isLast(owner, id, before.id())) {
                    return Saving.LOST;
                }
            }
            tables.turns.put(before.id(), moved);
            if (after.isAtRest() && after.origin() instanceof Origin.InConversation(ConversationId id)) {
                Optional.ofNullable(tables.conversations.get(id))
                        .ifPresent(conversation -> TurnItems.kept(after)
                                .forEach(item -> conversation.items.add(new Kept(item, Optional.of(after.id())))));
            }
            return Saving.SAVED;
        }
    }

    private Optional<Object> driver(Turn turn) {
        return turn.state() instanceof TurnState.Queued ? Optional.empty() : Optional.of(process);
    }

    @Override
    public boolean claim(Owner owner, TurnId turn, long revision) {
        synchronized (tables) {
            Optional<TurnRow> free = row(owner, turn)
                    .filter(TurnRow::runsInBackground)
                    .filter(row -> row.turn.revision() == revision)
                    .filter(row -> row.process.isEmpty()
                            || row.process.get().equals(process)
                            || !tables.living.contains(row.process.get()));
            free.ifPresent(row -> tables.turns.put(turn, row.drivenBy(Optional.of(process))));
            return free.isPresent();
        }
    }

    @Override
    public Optional<BrokenRuns> countBroken(Owner owner, TurnId turn) {
        synchronized (tables) {
            return row(owner, turn)
                    .filter(row -> row.isInBackground() && !row.turn.isAtRest())
                    .map(row -> new BrokenRuns(
                            tables.brokenRuns.merge(turn, 1, Integer::sum), row.turn.revision(), row.turn.startedAt()));
        }
    }

    @Override
    public void handOver(Owner owner, TurnId turn) {
        synchronized (tables) {
            row(owner, turn)
                    .filter(TurnRow::runsInBackground)
                    .filter(row -> row.process.equals(Optional.of(process)))
                    .ifPresent(row -> tables.turns.put(turn, row.drivenBy(Optional.empty())));
        }
    }

    private boolean isBusy(Owner owner, Origin origin) {
        return switch (origin) {
            case Origin.InSession _, Origin.InConversation _ ->
                tables.turns.values().stream()
                        .anyMatch(row -> row.turn.origin().equals(origin) && !row.turn.isAtRest());
            case Origin.AfterTurn(Optional<TurnId> previous) ->
                previous.flatMap(id -> row(owner, id))
                        .filter(row -> !row.turn.isAtRest())
                        .isPresent();
        };
    }

    // ---- conversations

    @Override
    public void add(Owner owner, Conversation conversation, List<Item> items) {
        synchronized (tables) {
            tables.conversations.put(
                    conversation.id(), new ConversationRow(owner, conversation, new ArrayList<>(kept(items))));
        }
    }

    private static List<Kept> kept(List<Item> items) {
        return items.stream().map(item -> new Kept(item, Optional.empty())).toList();
    }

    private Optional<ConversationRow> row(Owner owner, ConversationId id) {
        return Optional.ofNullable(tables.conversations.get(id)).filter(row -> row.owner.equals(owner));
    }

    @Override
    public Optional<Conversation> find(Owner owner, ConversationId id) {
        synchronized (tables) {
            return row(owner, id).map(ConversationRow::conversation);
        }
    }

    @Override
    public Optional<Conversation> describe(Owner owner, ConversationId id, Map<String, String> metadata) {
        synchronized (tables) {
            return row(owner, id).map(row -> {
                var described = new Conversation(id, metadata, row.conversation.createdAt());
                tables.conversations.put(id, new ConversationRow(owner, described, row.items));
                return described;
            });
        }
    }

    @Override
    public boolean delete(Owner owner, ConversationId id) {
        synchronized (tables) {
            return row(owner, id).isPresent() && tables.conversations.remove(id) != null;
        }
    }

    @Override
    public boolean append(Owner owner, ConversationId id, List<Item> items) {
        synchronized (tables) {
            return row(owner, id).map(row -> row.items.addAll(kept(items))).isPresent();
        }
    }

    @Override
    public List<Item> window(Owner owner, ConversationId id, int limit) {
        return nearest(items(owner, id, Optional.empty()), limit);
    }

    @Override
    public List<Item> windowBefore(Owner owner, ConversationId id, TurnId turn, int limit) {
        return nearest(items(owner, id, Optional.of(turn)), limit);
    }

    private List<Item> items(Owner owner, ConversationId id, Optional<TurnId> before) {
        synchronized (tables) {
            return row(owner, id).stream()
                    .flatMap(row -> row.items.stream())
                    .takeWhile(kept -> before.isEmpty() || !kept.by.equals(before))
                    .map(Kept::item)
                    .toList();
        }
    }

    private static List<Item> nearest(List<Item> items, int limit) {
        int start = items.size();
        while (start > 0
                && items.size() - start < limit
                && (start == items.size() || !items.get(start).standsForAllBefore())) {
            start--;
        }
        return items.subList(start, items.size());
    }

    @Override
    public Optional<Page<Item>> list(Owner owner, ConversationId id, ItemSlice slice) {
        return find(owner, id).flatMap(_ -> page(items(owner, id, Optional.empty()), slice));
    }

    @Override
    public Optional<Page<Item>> listBefore(Owner owner, ConversationId id, TurnId turn, ItemSlice slice) {
        return find(owner, id).flatMap(_ -> page(items(owner, id, Optional.of(turn)), slice));
    }

    private static Optional<Page<Item>> page(List<Item> oldestFirst, ItemSlice slice) {
        List<Item> all = slice.newestFirst() ? oldestFirst.reversed() : oldestFirst;
        int start = 0;
        if (slice.after().isPresent()) {
            start = all.stream().map(Item::id).toList().indexOf(slice.after().get()) + 1;
            if (start == 0) {
                return Optional.empty();
            }
        }
        int end = Math.min(all.size(), start + slice.limit());
        return Optional.of(new Page<>(List.copyOf(all.subList(start, end)), end < all.size()));
    }

    @Override
    public Optional<Item> item(Owner owner, ConversationId id, ItemId item) {
        return items(owner, id, Optional.empty()).stream()
                .filter(kept -> kept.id().equals(item))
                .findFirst();
    }

    @Override
    public boolean remove(Owner owner, ConversationId id, ItemId item) {
        synchronized (tables) {
            return row(owner, id)
                    .filter(row -> row.items.removeIf(kept -> kept.item.id().equals(item)))
                    .isPresent();
        }
    }

    // ---- items

    @Override
    public Map<ItemId, Item> find(Owner owner, Set<ItemId> ids) {
        synchronized (tables) {
            Map<ItemId, Item> found = new LinkedHashMap<>();
            tables.turns.values().stream()
                    .filter(row -> row.owner.equals(owner))
                    .flatMap(row -> TurnItems.of(row.turn).stream())
                    .forEach(item -> found.put(item.id(), item));
            tables.conversations.values().stream()
                    .filter(row -> row.owner.equals(owner))
                    .flatMap(row -> row.items.stream())
                    .forEach(kept -> found.put(kept.item.id(), kept.item));
            found.keySet().retainAll(ids);
            return found;
        }
    }

    @Override
    public Set<TurnId> holders(Owner owner, ItemId id) {
        synchronized (tables) {
            Set<TurnId> holders = new HashSet<>();
            id.turn().ifPresent(holders::add);
            tables.turns.values().stream()
                    .filter(row -> row.owner.equals(owner))
                    .map(TurnRow::turn)
                    .filter(turn -> TurnItems.input(turn).stream().map(Item::id).anyMatch(id::equals))
                    .map(Turn::id)
                    .forEach(holders::add);
            return holders;
        }
    }

    // ---- event log

    @Override
    public boolean append(Owner owner, TurnId turn, long after, List<Entry> entries) {
        synchronized (tables) {
            boolean writable = row(owner, turn)
                    .filter(row -> !row.runs() || row.process.equals(Optional.of(process)))
                    .isPresent();
            List<Entry> log = tables.logs.computeIfAbsent(turn, _ -> new ArrayList<>());
            return writable && log.size() == after && log.addAll(entries);
        }
    }

    @Override
    public List<Placed> read(Owner owner, TurnId turn, long after) {
        synchronized (tables) {
            List<Entry> log = row(owner, turn).isPresent() ? tables.logs.getOrDefault(turn, List.of()) : List.of();
            List<Placed> placed = new ArrayList<>();
            for (long place = after; place < log.size(); place++) {
                placed.add(new Placed(place + 1, log.get((int) place)));
            }
            return placed;
        }
    }

    @Override
    public List<Placed> readBack(Owner owner, TurnId turn, long before) {
        return read(owner, turn, 0).reversed().stream()
                .filter(placed -> placed.place() < before)
                .limit(PAGE_BACK)
                .toList();
    }

    /** How many events the log has. */
    public long last(Owner owner, TurnId turn) {
        synchronized (tables) {
            return row(owner, turn).isPresent()
                    ? tables.logs.getOrDefault(turn, List.of()).size()
                    : 0;
        }
    }

    @Override
    public Saving fail(Owner owner, TurnId turn, long revision, Failure failure, Instant at) {
        synchronized (tables) {
            TurnRow row = tables.turns.get(turn);
            if (row == null || !row.owner.equals(owner) || row.turn.isAtRest()) {
                return Saving.LOST;
            }
            return row.turn.revision() == revision
                    ? save(owner, row.turn, row.turn.observe(new Observation.Broke(failure, row.turn.later(at))))
                    : Saving.LOST;
        }
    }

    // ---- replicas

    @Override
    public void beat() {
        synchronized (tables) {
            tables.living.add(process);
        }
    }

    /** Has this process count as dead, as if it had not beaten for long. */
    public void stopHeart() {
        leave();
    }

    @Override
    public List<Abandoned> abandoned(Set<TurnId> driven, int limit) {
        synchronized (tables) {
            return tables.turns.values().stream()
                    .filter(TurnRow::runs)
                    .filter(row -> !row.runsInBackground())
                    .filter(row -> row.process.equals(Optional.of(process))
                            ? !driven.contains(row.turn.id())
                            : !tables.living.contains(row.process.orElseThrow()))
                    .limit(limit)
                    .map(row -> new Abandoned(row.owner, row.turn.id(), row.turn.revision(), row.turn.startedAt()))
                    .toList();
        }
    }

    @Override
    public void leave() {
        synchronized (tables) {
            tables.living.remove(process);
        }
    }

    private static <T> Page<T> page(List<T> all, Slice slice) {
        List<T> items = new ArrayList<>(all.subList(Math.min(slice.start(), all.size()), all.size()));
        int limit = Math.min(slice.limit().orElse(items.size()), items.size());
        return new Page<>(items.subList(0, limit), limit < items.size());
    }
}
