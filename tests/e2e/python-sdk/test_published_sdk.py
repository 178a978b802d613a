"""The published AuthSec SDK, unchanged, against the local cloud: the server is no mirror of our own client.

It passes against spring, which also needs the paths of a later server for the tenant flow, and fails against autumn, because
it sends no client secret.

Environment: CLOUD_URL, spring with the paths of every generation and without rate limits; SHORT_LIVED_CLOUD_URL, the same
with requests that live for a second; SPRING_URL and AUTUMN_URL, both as they are; CIBA_CLIENT_ID, a client of each;
LOCAL_CLOUD_ACCESS_KEY.
"""

import base64
import hashlib
import hmac
import os
import struct
import threading
import time
import unittest
import uuid

import requests
from authsec_sdk import CIBAClient

CLOUD = os.environ["CLOUD_URL"]
SHORT_LIVED_CLOUD = os.environ["SHORT_LIVED_CLOUD_URL"]
SPRING = os.environ["SPRING_URL"]
AUTUMN = os.environ["AUTUMN_URL"]
CLIENT_ID = os.environ["CIBA_CLIENT_ID"]
ACCESS = {"Authorization": f"Bearer {os.environ['LOCAL_CLOUD_ACCESS_KEY']}"}

# Seconds; the server's own interval is a little less.
INTERVAL = 0.25
# So long that only a test that hangs comes to its end, in seconds.
PATIENCE = 60


class Person:
    """Somebody with a phone and an authenticator app, new for each test."""

    def __init__(self, cloud=CLOUD):
        self.cloud = cloud
        answer = requests.post(
            f"{cloud}/_local/ciba/users",
            json={"email": f"{uuid.uuid4()}@example.com"},
            headers=ACCESS,
            timeout=10,
        )
        answer.raise_for_status()
        person = answer.json()
        self.email = person["email"]
        self.token = person["token"]
        self.secret = base64.b32decode(person["totp_secret"])

    def responds(self, client, auth_req_id, approved):
        """Over plain HTTP, as an app on a phone does."""
        flow = "/workspace" if client.client_id else ""
        answer = requests.post(
            f"{self.cloud}/authsec/uflow/auth{flow}/ciba/respond",
            json={"auth_req_id": auth_req_id, "approved": approved, "biometric_verified": True},
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=10,
        )
        assert answer.status_code == 200 and answer.json()["success"] is True, answer.text

    def code(self, steps=0):
        """RFC 6238, from the standard library alone: the code that is `steps` away from that of now."""
        counter = struct.pack(">q", int(time.time()) // 30 + steps)
        digest = hmac.new(self.secret, counter, hashlib.sha1).digest()
        offset = digest[-1] & 15
        number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"

    def wrong_code(self):
        right = {self.code(steps) for steps in range(-2, 4)}
        return next(code for code in (f"{number:06}" for number in range(10)) if code not in right)


def claims_of(token, cloud=CLOUD):
    """What the shop's server learns of a token; None unless it is genuine and valid."""
    answer = requests.post(f"{cloud}/_local/ciba/introspect", data={"token": token}, headers=ACCESS, timeout=10)
    answer.raise_for_status()
    return answer.json() if answer.json()["active"] else None


class Polling:
    """A poll in a thread of its own, as an application runs it."""

    def __init__(self, client, person, auth_req_id, **options):
        self.outcome = None

        def poll():
            self.outcome = client.poll_for_approval(
                person.email, auth_req_id, **{"interval": INTERVAL, "timeout": PATIENCE, **options}
            )

        self.thread = threading.Thread(target=poll, daemon=True)
        self.thread.start()

    def end(self):
        self.thread.join(PATIENCE)
        return self.outcome


class Flow:
    """What holds in both flows of spring."""

    client_id = None

    def setUp(self):
        self.client = CIBAClient(client_id=self.client_id, base_url=CLOUD)
        self.person = Person()

    def initiate(self, client=None, person=None):
        answer = (client or self.client).initiate_app_approval((person or self.person).email)
        self.assertNotIn("error", answer)
        return answer["auth_req_id"]

    def assert_genuine(self, token, scope):
        claims = claims_of(token)
        self.assertIsNotNone(claims)
        self.assertEqual((claims["email"], claims["scope"]), (self.person.email, scope))
        self.assertEqual(claims.get("client_id"), self.client_id)

    def test_a_request_says_how_long_it_lives_and_how_often_to_ask(self):
        answer = self.client.initiate_app_approval(self.person.email)
        self.assertEqual((answer["expires_in"], answer["interval"]), (30, 0.2))
        self.assertTrue(answer["auth_req_id"])

    def test_an_approval_ends_the_poll_with_a_genuine_token(self):
        auth_req_id = self.initiate()
        polling = Polling(self.client, self.person, auth_req_id)
        time.sleep(3 * INTERVAL)
        self.assertIsNone(polling.outcome)
        self.person.responds(self.client, auth_req_id, approved=True)
        outcome = polling.end()
        self.assertEqual(outcome["status"], "approved")
        self.assert_genuine(outcome["token"], "push")

    def test_a_denial_ends_the_poll(self):
        auth_req_id = self.initiate()
        polling = Polling(self.client, self.person, auth_req_id)
        self.person.responds(self.client, auth_req_id, approved=False)
        self.assertEqual(polling.end(), {"status": "access_denied"})

    def test_a_cancel_ends_the_poll(self):
        polling = Polling(self.client, self.person, self.initiate())
        time.sleep(INTERVAL)
        self.assertEqual(self.client.cancel_approval(self.person.email), {"status": "cancelled"})
        self.assertEqual(polling.end(), {"status": "cancelled"})

    def test_a_poll_that_timed_out_can_go_on(self):
        auth_req_id = self.initiate()
        outcome = self.client.poll_for_approval(self.person.email, auth_req_id, interval=INTERVAL, timeout=0.5)
        self.assertEqual(outcome, {"status": "timeout"})
        self.person.responds(self.client, auth_req_id, approved=True)
        outcome = self.client.poll_for_approval(self.person.email, auth_req_id, interval=INTERVAL, timeout=PATIENCE)
        self.assertEqual(outcome["status"], "approved")

    def test_an_expired_request_ends_the_poll(self):
        client = CIBAClient(client_id=self.client_id, base_url=SHORT_LIVED_CLOUD)
        person = Person(SHORT_LIVED_CLOUD)
        polling = Polling(client, person, self.initiate(client, person))
        self.assertEqual(polling.end(), {"status": "expired_token"})

    def test_a_right_code_gives_a_genuine_token(self):
        answer = self.client.verify_totp(self.person.email, self.person.code())
        self.assertEqual((answer["success"], answer["remaining"]), (True, 3))
        self.assert_genuine(answer["token"], "totp")

    def test_a_code_serves_more_than_once(self):
        code = self.person.code()
        for _ in range(2):
            self.assertIs(self.client.verify_totp(self.person.email, code)["success"], True)

    def test_three_wrong_codes_are_too_many_until_a_cancel(self):
        for remaining in (2, 1, 0):
            answer = self.client.verify_totp(self.person.email, self.person.wrong_code())
            self.assertEqual(answer, {"success": False, "error": "invalid_code", "remaining": remaining})
        answer = self.client.verify_totp(self.person.email, self.person.code())
        self.assertEqual(answer, {"success": False, "error": "too_many_retries", "remaining": 0})
        self.client.cancel_approval(self.person.email)
        self.assertIs(self.client.verify_totp(self.person.email, self.person.code())["success"], True)

    def test_nobody_is_an_error(self):
        self.assertEqual(self.client.initiate_app_approval("nobody@example.com")["error"], "user_not_found")


class AdminFlow(Flow, unittest.TestCase):
    """Without a client id."""


class TenantFlow(Flow, unittest.TestCase):
    """With a client id."""

    client_id = CLIENT_ID

    def test_the_sdk_itself_can_be_the_phone(self):
        auth_req_id = self.initiate()
        listed = self.client.list_pending_requests(self.person.token)
        self.assertIs(listed["success"], True)
        self.assertEqual([request["auth_req_id"] for request in listed["requests"]], [auth_req_id])
        self.assertEqual(listed["requests"][0]["binding_message"], "Authentication requested via Voice SDK")
        answer = self.client.respond_to_request(self.person.token, auth_req_id, approved=True)
        self.assertIs(answer["success"], True)
        outcome = self.client.poll_for_approval(self.person.email, auth_req_id, interval=INTERVAL, timeout=PATIENCE)
        self.assertEqual(outcome["status"], "approved")

    def test_another_client_gets_nothing(self):
        auth_req_id = self.initiate()
        self.person.responds(self.client, auth_req_id, approved=True)
        other = CIBAClient(client_id=str(uuid.uuid4()), base_url=CLOUD)
        outcome = other.poll_for_approval(self.person.email, auth_req_id, interval=INTERVAL, timeout=0.5)
        self.assertEqual(outcome, {"status": "timeout"})
        outcome = self.client.poll_for_approval(self.person.email, auth_req_id, interval=INTERVAL, timeout=PATIENCE)
        self.assertEqual(outcome["status"], "approved")


class Faults(unittest.TestCase):
    """Where the SDK falls short of the vendor's own documentation, and `CIBAClient` of this package must not."""

    def setUp(self):
        self.client = CIBAClient(base_url=CLOUD)
        self.person = Person()
        self.auth_req_id = self.client.initiate_app_approval(self.person.email)["auth_req_id"]

    def commit(self, *faults):
        body = {"email": self.person.email, "faults": faults}
        requests.post(f"{CLOUD}/_local/faults", json=body, headers=ACCESS, timeout=10).raise_for_status()

    def poll(self, **options):
        """The outcome of a poll, and how long it took, in seconds."""
        begin = time.monotonic()
        polling = Polling(self.client, self.person, self.auth_req_id, **options)
        return polling.end(), time.monotonic() - begin

    def test_a_cancel_before_the_first_poll_is_lost(self):
        self.client.cancel_approval(self.person.email)
        self.assertEqual(self.poll(timeout=0.5)[0], {"status": "timeout"})

    def test_slow_down_is_ignored(self):
        self.commit({"at": "token", "kind": "http", "status": 400, "body": '{"error":"slow_down"}'})
        self.person.responds(self.client, self.auth_req_id, approved=True)
        outcome, seconds = self.poll()
        self.assertEqual(outcome["status"], "approved")
        self.assertLess(seconds, 5)

    def test_the_interval_of_the_server_is_ignored(self):
        begin = time.monotonic()
        outcome = self.client.poll_for_approval(self.person.email, self.auth_req_id, timeout=0.5)
        self.assertEqual(outcome, {"status": "timeout"})
        self.assertGreater(time.monotonic() - begin, 4.5, "5 seconds, where the server says 0.2")

    def test_an_unknown_error_is_polled_on_until_the_timeout(self):
        error = {"at": "token", "kind": "http", "status": 400, "body": '{"error":"invalid_client"}'}
        self.commit(*[error] * 20)
        self.assertEqual(self.poll(timeout=1)[0], {"status": "timeout"})

    def test_the_wait_goes_on_after_the_timeout_and_after_a_cancel(self):
        outcome, seconds = self.poll(interval=1.5, timeout=0.2)
        self.assertEqual(outcome, {"status": "timeout"})
        self.assertGreater(seconds, 1.4)
        begin = time.monotonic()
        polling = Polling(self.client, self.person, self.auth_req_id, interval=1.5)
        time.sleep(0.5)
        self.client.cancel_approval(self.person.email)
        self.assertEqual(polling.end(), {"status": "cancelled"})
        self.assertGreater(time.monotonic() - begin, 1.4)

    def test_one_failed_request_ends_the_poll(self):
        self.person.responds(self.client, self.auth_req_id, approved=True)
        self.commit({"at": "token", "kind": "cut-before"})
        self.assertEqual(self.poll()[0]["status"], "error")

    def test_a_body_that_is_not_json_ends_the_poll(self):
        self.person.responds(self.client, self.auth_req_id, approved=True)
        self.commit({"at": "token", "kind": "not-json"})
        self.assertEqual(self.poll()[0]["status"], "error")

    def test_a_code_that_was_not_judged_uses_up_an_attempt(self):
        self.commit({"at": "totp", "kind": "http", "status": 503})
        answer = self.client.verify_totp(self.person.email, self.person.code())
        self.assertEqual(answer, {"success": False, "error": "invalid_code", "remaining": 2})

    def test_a_poll_without_time_asks_nothing(self):
        self.person.responds(self.client, self.auth_req_id, approved=True)
        self.assertEqual(self.poll(timeout=0)[0], {"status": "timeout"})

    def test_two_polls_of_one_email_share_their_end(self):
        first = Polling(self.client, self.person, self.auth_req_id, interval=1)
        time.sleep(0.3)
        self.client.cancel_approval(self.person.email)
        # It clears the mark that the first has not seen yet.
        second = Polling(self.client, self.person, self.auth_req_id, timeout=2.5)
        self.assertEqual(second.end(), {"status": "timeout"})
        self.assertIsNone(first.outcome, "still polls, though it was cancelled")
        self.client.cancel_approval(self.person.email)
        self.assertEqual(first.end(), {"status": "cancelled"})


class SpringAsItIs(unittest.TestCase):
    """The SDK's admin flow has spring's paths. Its tenant flow has those of a later server, which spring lacks."""

    def test_the_admin_flow_works(self):
        person = Person(SPRING)
        client = CIBAClient(base_url=SPRING)
        auth_req_id = client.initiate_app_approval(person.email)["auth_req_id"]
        person.responds(client, auth_req_id, approved=True)
        outcome = client.poll_for_approval(person.email, auth_req_id, interval=INTERVAL, timeout=PATIENCE)
        self.assertEqual(outcome["status"], "approved")
        self.assertIs(client.verify_totp(person.email, person.code())["success"], True)

    def test_the_tenant_flow_gets_404_and_no_json(self):
        client = CIBAClient(client_id=CLIENT_ID, base_url=SPRING)
        answer = client.initiate_app_approval(Person(SPRING).email)
        self.assertIs(answer["success"], False)
        # Of the text "404 page not found", the number is JSON.
        self.assertIn("Extra data", answer["error"])


class Autumn(unittest.TestCase):
    """Where the SDK fails, which sends neither a client's secret nor a workspace."""

    def setUp(self):
        self.person = Person(AUTUMN)
        self.admin = CIBAClient(base_url=AUTUMN)
        self.tenant = CIBAClient(client_id=CLIENT_ID, base_url=AUTUMN)

    def test_initiation_in_the_tenant_flow_is_invalid_client(self):
        description = "client authentication required (HTTP Basic client_id:client_secret)"
        answer = self.tenant.initiate_app_approval(self.person.email)
        self.assertEqual(answer, {"error": "invalid_client", "error_description": description})

    def test_initiation_in_the_admin_flow_is_invalid_request(self):
        answer = self.admin.initiate_app_approval(self.person.email)
        self.assertEqual(answer["error"], "invalid_request")
        self.assertEqual(answer["error_description"], "workspace_id or client_id is required")

    def test_a_poll_in_the_tenant_flow_goes_on_in_silence(self):
        outcome = self.tenant.poll_for_approval(self.person.email, "unknown", interval=INTERVAL, timeout=0.5)
        self.assertEqual(outcome, {"status": "timeout"})

    def test_a_right_code_in_the_tenant_flow_is_called_wrong(self):
        answer = self.tenant.verify_totp(self.person.email, self.person.code())
        self.assertEqual(answer, {"success": False, "error": "invalid_code", "remaining": 2})

    def test_a_locked_account_is_called_a_wrong_code(self):
        for _ in range(2):
            for remaining in (2, 1, 0):
                answer = self.admin.verify_totp(self.person.email, self.person.wrong_code())
                self.assertEqual(answer, {"success": False, "error": "invalid_code", "remaining": remaining})
            self.admin.cancel_approval(self.person.email)
        answer = self.admin.verify_totp(self.person.email, self.person.code())
        self.assertEqual(answer, {"success": False, "error": "invalid_code", "remaining": 2})

    def test_a_code_in_the_admin_flow_serves_once(self):
        code = self.person.code()
        token = self.admin.verify_totp(self.person.email, code)["token"]
        self.assertEqual(claims_of(token, AUTUMN)["email"], self.person.email)
        self.assertIs(self.admin.verify_totp(self.person.email, code)["success"], False)


if __name__ == "__main__":
    unittest.main(verbosity=2)
