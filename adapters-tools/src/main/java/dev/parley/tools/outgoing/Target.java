package dev.parley.tools.outgoing;

import static java.util.Objects.requireNonNull;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a request goes: an address of {@code http} or {@code https}, taken apart once, so that what is checked is what is
 * connected to.
 *
 * @param host in lower case and ASCII, an address of IPv6 without brackets
 * @param path with its query
 */
public record Target(String scheme, String host, int port, String path) {

    private static final Pattern HOST = Pattern.compile("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");
    private static final int LONGEST = 8192;

    public Target {
        requireNonNull(scheme, "scheme");
        requireNonNull(host, "host");
        requireNonNull(path, "path");
    }

    /**
     * Reads an address. Whether it may be reached is not asked here.
     *
     * @throws Refused when it is no such address, or has a user and a password in it
     */
    public static Target parse(String url) throws Refused {
        if (url.length() > LONGEST) {
            throw new Refused("the address is longer than %d characters".formatted(LONGEST));
        }
        return of(uri(url.strip()));
    }

    /** Reads where a redirect leads, which may be said relative to here. */
    public Target redirected(String location) throws Refused {
        return of(URI.create(toString()).resolve(uri(location.strip())));
    }

    /** Whether both are the same server, so that what one may be told the other may be told too. */
    public boolean hasOriginOf(Target other) {
        return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
    }

    boolean isSecure() {
        return scheme.equals("https");
    }

    /** The last part of its path; empty when it ends in a slash. */
    String lastName() {
        String plain = path.split("\\?", 2)[0];
        return plain.substring(plain.lastIndexOf('/') + 1);
    }

    /** The server alone, for messages: paths and queries may have secrets in them. */
    public String origin() {
        boolean usual = port == (isSecure() ? 443 : 80);
        return scheme + "://" + (host.contains(":") ? '[' + host + ']' : host) + (usual ? "" : ":" + port);
    }

    @Override
    public String toString() {
        return origin() + path;
    }

    private static URI uri(String text) throws Refused {
        try {
            return new URI(text);
        } catch (URISyntaxException wrong) {
            throw new Refused("it is not a valid address: " + wrong.getReason());
        }
    }

    private static Target of(URI uri) throws Refused {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new Refused("only addresses that begin with http:// or https:// are fetched");
        }
        String authority = uri.getRawAuthority();
        if (authority == null || authority.isEmpty()) {
            throw new Refused("it is not a valid address: it names no host");
        }
        if (authority.indexOf('@') >= 0) {
            throw new Refused("an address with a user and a password in it is not fetched");
        }
        // not the host that URI has found: it finds none in forms that resolvers take all the same
        int bracket = authority.lastIndexOf(']');
        int colon = authority.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String port = colon < 0 ? "" : authority.substring(colon + 1);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery();
        String ascii = URI.create("http://h" + path + query).toASCIIString().substring("http://h".length());
        return new Target(scheme, host(host), port(port, scheme), ascii);
    }

    private static String host(String text) throws Refused {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[") && lower.endsWith("]")) {
            String inside = lower.substring(1, lower.length() - 1);
            if (IPV6.matcher(inside).matches()) {
                return inside;
            }
        } else {
            String ascii = ascii(lower);
            if (HOST.matcher(ascii).matches()) {
                return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            }
        }
        throw new Refused("it is not a valid address: its host is no name and no address");
    }

    /** Full-width digits and dots become what a resolver takes them for. */
    private static String ascii(String host) throws Refused {
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            throw new Refused("it is not a valid address: its host is no name and no address");
        }
    }

    private static int port(String text, String scheme) throws Refused {
        if (text.isEmpty()) {
            return scheme.equals("https") ? 443 : 80;
        }
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new Refused("it is not a valid address: its port is no number from 1 to 65535");
    }
}
