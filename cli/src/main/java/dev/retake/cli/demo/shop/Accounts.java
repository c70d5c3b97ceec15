package dev.retake.cli.demo.shop;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Logins and what customers know about themselves. */
final class Accounts {
    private static final int TOKEN_SECONDS = 3_600;

    private final Map<String, Customer> byEmail = new ConcurrentHashMap<>();
    private final Map<String, String> emailByToken = new ConcurrentHashMap<>();
    private final Ids ids;

    Accounts(List<Customer> customers, Ids ids) {
        customers.forEach(customer -> byEmail.put(customer.email(), customer));
        this.ids = ids;
    }

    /** Who sends {@code request}, null where its token is missing or unknown. */
    @Nullable
    Customer sender(ShopRequest request) {
        String token = token(request);
        String email = token == null ? null : emailByToken.get(token);
        return email == null ? null : byEmail.get(email);
    }

    /** What a request without a valid token gets. */
    static Reply unauthorized() {
        return Reply.problem(401, "login-first", "Log in first.").withHeader("WWW-Authenticate", "Bearer");
    }

    Reply login(ShopRequest request) {
        ObjectNode credentials = Documents.parse(request.body());
        if (credentials == null) {
            return Reply.problem(400, "not-json", "Send e-mail and password as JSON.");
        }
        Customer customer = byEmail.get(credentials.path("email").asString(""));
        if (customer == null
                || !customer.password().equals(credentials.path("password").asString(""))) {
            return Reply.problem(401, "wrong-password", "E-mail or password is wrong.");
        }
        String token = ids.token();
        emailByToken.put(token, customer.email());
        ObjectNode reply = Documents.object();
        reply.put("token", token).put("tokenType", "Bearer").put("expiresIn", TOKEN_SECONDS);
        reply.putObject("customer").put("id", customer.id()).put("firstName", customer.firstName());
        return Reply.json(200, reply)
                .withHeader("Cache-Control", "no-store")
                .withHeader("Set-Cookie", "lang=de; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax");
    }

    Reply logout(ShopRequest request) {
        String token = token(request);
        if (token == null || emailByToken.remove(token) == null) {
            return unauthorized();
        }
        return Reply.empty(204).withHeader("Clear-Site-Data", "\"cookies\"");
    }

    Reply profile(ShopRequest request) {
        Customer customer = sender(request);
        return customer == null
                ? unauthorized()
                : Reply.json(200, customer.profile()).withHeader("Cache-Control", "private, no-cache");
    }

    Reply update(ShopRequest request) {
        Customer customer = sender(request);
        ObjectNode change = Documents.parse(request.body());
        if (customer == null) {
            return unauthorized();
        }
        if (change == null || !change.path("phone").isString()) {
            return Reply.problem(422, "phone-missing", "Say which phone number is yours.");
        }
        Customer changed = customer.withPhone(change.path("phone").asString());
        byEmail.put(customer.email(), changed);
        return Reply.json(200, changed.profile());
    }

    private static @Nullable String token(ShopRequest request) {
        String authorization = request.header("authorization");
        return authorization != null && authorization.startsWith("Bearer ") ? authorization.substring(7) : null;
    }
}
