package dev.parley.application.testing;

import dev.parley.application.port.Agents;
import dev.parley.application.port.Page;
import dev.parley.application.port.Replicas;
import dev.parley.application.port.RequestKey;
import dev.parley.application.port.Sessions;
import dev.parley.application.port.Slice;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.Turns;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.session.Session;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A store that forgets everything with the process, as one process sees it; {@link #another} gives the view of another
 * process on the same store. Safe for use by many threads.
 */
public final class InMemoryStore implements Agents, Sessions, Turns, TurnJournal, Replicas {

    private record AgentRow(Owner owner, Agent agent) {}

    private record SessionRow(Owner owner, Session session) {}

    private record TurnRow(Owner owner, SessionId session, Optional<RequestKey> request, Object process, Turn turn) {

        boolean isIn(Owner someone, SessionId some) {
            return owner.equals(someone) && session.equals(some);
        }

        boolean runs() {
            return turn.state() instanceof TurnState.Running;
        }
    }

    /** What all processes see, guarded by itself. Rows are in the order in which they were added. */
    private static final class Tables {
        private final Map<AgentId, AgentRow> agents = new LinkedHashMap<>();
        private final Map<SessionId, SessionRow> sessions = new LinkedHashMap<>();
        private final Map<TurnId, TurnRow> turns = new LinkedHashMap<>();
        private final Set<Object> living = new HashSet<>();
    }

    private final Tables tables;
    private final Object process = new Object();
    private final AtomicBoolean historyFails = new AtomicBoolean();

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
        historyFails.set(true);
    }

    public Store asStore() {
        return new Store(this, this, this, this, this);
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
            tables.turns.values().removeIf(row -> row.session.equals(id));
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
        if (historyFails.getAndSet(false)) {
            throw new IllegalStateException("a turn cannot be read");
        }
        List<Turn> all = inSession(owner, session);
        int end = all.stream().map(Turn::id).toList().indexOf(id);
        return end < 0 ? List.of() : List.copyOf(all.subList(Math.max(0, end - limit), end));
    }

    // ---- journal

    @Override
    public Beginning begin(Owner owner, Turn turn, Optional<RequestKey> request) {
        SessionId id = ((Origin.InSession) turn.origin()).session();
        synchronized (tables) {
            if (session(owner, id).isEmpty()) {
                return new Beginning.NoSession();
            }
            for (TurnRow row : tables.turns.values()) {
                Optional<RequestKey> sameName = row.request.filter(
                        earlier -> request.map(RequestKey::key).equals(Optional.of(earlier.key())));
                if (row.isIn(owner, id) && sameName.isPresent()) {
                    return new Beginning.AlreadyBegun(row.turn, sameName.get());
                }
            }
            if (anyRuns(id)) {
                return new Beginning.SessionBusy();
            }
            tables.turns.put(turn.id(), new TurnRow(owner, id, request, process, turn));
            return new Beginning.Begun();
        }
    }

    @Override
    public Saving save(Owner owner, Turn before, Turn after) {
        SessionId id = ((Origin.InSession) before.origin()).session();
        synchronized (tables) {
            TurnRow row = tables.turns.get(before.id());
            if (row == null || !row.isIn(owner, id) || row.turn.revision() != before.revision()) {
                return Saving.LOST;
            }
            TurnRow moved = new TurnRow(owner, id, row.request, process, after);
            if (moved.runs() && !row.runs()) {
                if (anyRuns(id)) {
                    return Saving.SESSION_BUSY;
                }
                if (!isLast(owner, id, before.id())) {
                    return Saving.LOST;
                }
            }
            tables.turns.put(before.id(), moved);
            return Saving.SAVED;
        }
    }

    @Override
    public Saving fail(Owner owner, TurnId turn, long revision, Failure failure, Instant at) {
        synchronized (tables) {
            TurnRow row = tables.turns.get(turn);
            if (row == null || !row.owner.equals(owner) || !row.runs()) {
                return Saving.LOST;
            }
            return row.turn.revision() == revision
                    ? save(owner, row.turn, row.turn.observe(new Observation.Broke(failure, row.turn.later(at))))
                    : Saving.LOST;
        }
    }

    private boolean anyRuns(SessionId session) {
        return tables.turns.values().stream().anyMatch(row -> row.session.equals(session) && row.runs());
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
                    .filter(row -> row.process.equals(process)
                            ? !driven.contains(row.turn.id())
                            : !tables.living.contains(row.process))
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
