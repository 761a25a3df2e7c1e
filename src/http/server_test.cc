// SPDX-License-Identifier: Apache-2.0
//
// Goal: the server keeps its promises to well-behaved clients, and refuses the others by name.
// Method: a client that sends bytes as told.

#include "http/server.h"

#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/error.h"
#include "http/detail/raw_client.h"
#include "http/detail/server_fixture.h"
#include "http/message.h"
#include "policy/request_context.h"

namespace suyuan::http {
namespace {

TEST_F(ServerTest, AnswersAndKeepsTheConnection) {
    start();
    EXPECT_EQ(server_->url(), "http://127.0.0.1:" + std::to_string(server_->port()));
    RawClient client = connect();
    for (const std::string_view body : {"one", "", "three"}) {
        ASSERT_TRUE(client.send(post(body)));
        const auto response = client.receive();
        ASSERT_TRUE(response);
        EXPECT_EQ(response->status, 200);
        EXPECT_EQ(response->body, "POST " + std::string(body));
        EXPECT_EQ(response->headers.find("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(response->headers.find("X-Request-Id").size(), std::size_t{36});
        EXPECT_TRUE(response->headers.find("Date").ends_with(" GMT"));
    }
}

TEST_F(ServerTest, AnswersAPipelineInOrder) {
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send(get("/a") + post("b") + get("/c", "Connection: close\r\n")));
    for (const std::string_view expected : {"/a", "POST b", "/c"}) {
        const auto response = client.receive();
        ASSERT_TRUE(response) << expected;
        EXPECT_EQ(response->body, expected);
    }
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(ServerTest, HeadTellsTheLengthOnly) {
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send("HEAD /abc HTTP/1.1\r\n" + std::string(kHost) + "\r\n" + get("/next")));
    const auto head = client.receive("HEAD");
    ASSERT_TRUE(head);
    EXPECT_EQ(head->status, 200);
    EXPECT_EQ(head->headers.find("Content-Length"), "4");
    EXPECT_EQ(head->body, "");
    const auto next = client.receive();
    ASSERT_TRUE(next);
    EXPECT_EQ(next->body, "/next");
}

TEST_F(ServerTest, ALongBodyIsSentInPieces) {
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send(
        get("/long/1") + "HEAD /long/2 HTTP/1.1\r\n" + std::string(kHost) + "\r\n" + get("/next")
    ));
    const auto all = client.receive();
    ASSERT_TRUE(all);
    EXPECT_EQ(all->body.size(), kLongBytes + 3);
    EXPECT_TRUE(all->body.ends_with("xend"));
    const auto head = client.receive("HEAD");
    ASSERT_TRUE(head);
    EXPECT_EQ(head->headers.find("Content-Length"), "200003");
    EXPECT_EQ(head->body, "");
    const auto next = client.receive();
    ASSERT_TRUE(next);
    EXPECT_EQ(next->body, "/next");
}

TEST_F(ServerTest, TakesChunksAndContinues) {
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send(
        "POST /echo HTTP/1.1\r\n" + std::string(kHost) +
        "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"
    ));
    const auto interim = client.receive();
    ASSERT_TRUE(interim);
    EXPECT_EQ(interim->status, 100);
    ASSERT_TRUE(client.send("3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nTrailer: x\r\n\r\n"));
    const auto response = client.receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "POST abcde");
}

TEST_F(ServerTest, RefusesWhatIsNoRequestAndCloses) {
    start();

    struct Row {
        std::string_view what;
        std::string bytes;
        int status;
    };

    const std::string host(kHost);
    for (const Row& row : {
             Row{"noise", "\x16\x03\x01 hello\r\n\r\n", 400},
             Row{"no version", "GET /\r\n\r\n", 400},
             Row{"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
             Row{"HTTP/1.1 without Host", "GET / HTTP/1.1\r\n\r\n", 400},
             Row{"two Hosts", "GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
             Row{"foreign Host", "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", 421},
             Row{"blank in a name", "GET / HTTP/1.1\r\n" + host + "A b: c\r\n\r\n", 400},
             Row{"blank before colon", "GET / HTTP/1.1\r\n" + host + "A : c\r\n\r\n", 400},
             Row{"control in a value", "GET / HTTP/1.1\r\n" + host + "A: b\x01\r\n\r\n", 400},
             Row{"bare CR", "GET / HTTP/1.1\r\n" + host + "A: b\rc\r\n\r\n", 400},
             Row{"length and chunks",
                 "POST / HTTP/1.1\r\n" + host +
                     "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                 400},
             Row{"chunks and length",
                 "POST / HTTP/1.1\r\n" + host +
                     "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                 400},
             Row{"two lengths",
                 "POST / HTTP/1.1\r\n" + host +
                     "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
                 400},
             Row{"negative length", "POST / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400
             },
             Row{"signed length", "POST / HTTP/1.1\r\n" + host + "Content-Length: +1\r\n\r\na", 400
             },
             Row{"huge length",
                 "POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999999\r\n\r\n",
                 400},
             Row{"compressed",
                 "POST / HTTP/1.1\r\n" + host +
                     "Content-Length: 1\r\nContent-Encoding: gzip\r\n\r\na",
                 501},
             Row{"two codings",
                 "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                 501},
             Row{"authority form", "GET 127.0.0.1:80 HTTP/1.1\r\n" + host + "\r\n", 400},
             Row{"foreign absolute form",
                 "GET http://example.com/ HTTP/1.1\r\n" + host + "\r\n",
                 421},
             Row{"https form", "GET https://127.0.0.1/ HTTP/1.1\r\n" + host + "\r\n", 400},
             Row{"miracle", "GET / HTTP/1.1\r\n" + host + "Expect: miracle\r\n\r\n", 417},
             Row{"foreign page",
                 "POST / HTTP/1.1\r\n" + host +
                     "Origin: http://example.com\r\nContent-Length: 0\r\n\r\n",
                 403},
         }) {
        RawClient client = connect();
        ASSERT_TRUE(client.send(row.bytes)) << row.what;
        const auto response = client.receive();
        ASSERT_TRUE(response) << row.what;
        EXPECT_EQ(response->status, row.status) << row.what;
        EXPECT_EQ(
            response->headers.find("Content-Type"), "application/problem+json; charset=utf-8"
        );
        EXPECT_EQ(response->headers.find("Connection"), "close") << row.what;
        EXPECT_TRUE(client.is_closed_by_server()) << row.what;
    }
    EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, BrokenChunksEndTheConnection) {
    start();
    for (const std::string_view chunks :
         {"zz\r\n", "1\r\nab\r\n", "-1\r\n", "ffffffffffffffffff\r\n", "1;\x01\r\n"}) {
        RawClient client = connect();
        ASSERT_TRUE(client.send(
            std::string("POST /echo HTTP/1.1\r\n").append(kHost) +
            "Transfer-Encoding: chunked\r\n\r\n" + std::string(chunks) + "0\r\n\r\n"
        )) << chunks;
        const auto response = client.receive();
        EXPECT_TRUE(!response || response->status == 400 || response->status == 413) << chunks;
    }
    EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, AnExceptionCostsOneRequestAndIsLogged) {
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send(get("/throw")));
    const auto response = client.receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 500);
    EXPECT_EQ(response->body.find("patience"), std::string::npos);
    ASSERT_TRUE(client.send(get("/next?secret=1")));
    ASSERT_TRUE(client.receive());
    server_->stop();
    const auto lines = log();
    ASSERT_EQ(lines.size(), std::size_t{2});
    EXPECT_TRUE(lines[0].starts_with(std::string(response->headers.find("X-Request-Id"))));
    EXPECT_NE(lines[0].find(" GET /throw 500 "), std::string::npos) << lines[0];
    EXPECT_TRUE(lines[0].ends_with("us out of patience")) << lines[0];
    EXPECT_EQ(lines[1].find("secret"), std::string::npos) << lines[1];
}

TEST_F(ServerTest, ListensOnLoopbackOnly) {
    for (const std::string address : {"0.0.0.0", "::", "192.0.2.1", "example.com", ""}) {
        ServerOptions options;
        options.address = address;
        options.port = 0;
        const auto server = Server::start(
            [](const Request&, const policy::RequestContext&) { return Response{}; }, options
        );
        ASSERT_FALSE(server) << address;
        EXPECT_EQ(server.error().code(), ErrorCode::kInvalidArgument) << address;
    }
    start();
    ServerOptions taken;
    taken.port = server_->port();
    const auto second = Server::start(
        [](const Request&, const policy::RequestContext&) { return Response{}; }, taken
    );
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code(), ErrorCode::kUnavailable);
    EXPECT_NE(second.error().message().find("--listen"), std::string::npos);
}

}  // namespace
}  // namespace suyuan::http
