package dev.parley.persistence.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What values can look like: every case of every sealed type, every constant of every enum, and every optional component
 * and list both empty and not. Gathered from types it is what there is to be seen; gathered from values, what was seen.
 */
final class DomainShape {

    private final Set<String> facts = new TreeSet<>();
    private final Set<Type> known = new HashSet<>();

    Set<String> facts() {
        return facts;
    }

    void addAllOf(Type type) {
        if (type instanceof ParameterizedType generic) {
            addAllOf(generic.getActualTypeArguments()[0]);
        } else if (type instanceof Class<?> plain && known.add(plain)) {
            if (plain.isSealed()) {
                for (Class<?> permitted : plain.getPermittedSubclasses()) {
                    addAllOf(permitted);
                }
            } else if (plain.isEnum()) {
                for (Object constant : plain.getEnumConstants()) {
                    facts.add(name(plain) + "." + constant);
                }
            } else if (plain.isRecord()) {
                facts.add(name(plain));
                for (RecordComponent component : plain.getRecordComponents()) {
                    if (isOptionalOrList(component.getType())) {
                        facts.add(fact(plain, component, true));
                        facts.add(fact(plain, component, false));
                    }
                    addAllOf(component.getGenericType());
                }
            }
        }
    }

    void addSeen(Object value) {
        switch (value) {
            case Optional<?> optional -> optional.ifPresent(this::addSeen);
            case Collection<?> many -> many.forEach(this::addSeen);
            case Enum<?> constant -> facts.add(name(constant.getDeclaringClass()) + "." + constant);
            case Record entry -> {
                facts.add(name(entry.getClass()));
                for (RecordComponent component : entry.getClass().getRecordComponents()) {
                    Object part = part(entry, component);
                    if (isOptionalOrList(component.getType())) {
                        boolean empty = part instanceof Optional<?> optional
                                ? optional.isEmpty()
                                : ((Collection<?>) part).isEmpty();
                        facts.add(fact(entry.getClass(), component, empty));
                    }
                    addSeen(part);
                }
            }
            default -> {
                // text, numbers and times have no shape
            }
        }
    }

    private static Object part(Object entry, RecordComponent component) {
        try {
            return component.getAccessor().invoke(entry);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOptionalOrList(Class<?> type) {
        return type == Optional.class || Collection.class.isAssignableFrom(type);
    }

    private static String fact(Class<?> type, RecordComponent component, boolean empty) {
        return name(type) + "." + component.getName() + (empty ? " empty" : " not empty");
    }

    private static String name(Class<?> type) {
        return type.getName().substring(type.getName().lastIndexOf('.') + 1);
    }
}
