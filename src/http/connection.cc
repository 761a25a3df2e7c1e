// SPDX-License-Identifier: Apache-2.0
//
// The life of a connection, all on the one socket thread but the handler:
//
//   read_header ──► check ──► (100 Continue) ──► read_body ──► dispatch ──► handler on a worker
//        ▲             └─ refused ──────────────────────┐                       │
//        └──────────────────── keep-alive ◄── write ◄───┴───────────────────────┘
//                                               └─ close: drain what the client still sends
#include "http/detail/connection.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/none.hpp>
#include <boost/optional/optional.hpp>

#include "base/format.h"
#include "base/result.h"
#include "codec/byte_source.h"
#include "http/guard.h"
#include "http/message.h"
#include "http/problem.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "io/threads.h"
#include "policy/request_context.h"
#include "policy/scope.h"

namespace suyuan::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using beast::error_code;
using Tcp = asio::ip::tcp;
using RequestParser = beast::http::request_parser<beast::http::string_body>;

// A random UUID (RFC 9562 version 4).
std::string new_request_id(io::Randomness& randomness) {
    std::array<std::byte, 16> bytes{};
    randomness.fill(bytes);
    bytes[6] = (bytes[6] & std::byte{0x0F}) | std::byte{0x40};
    bytes[8] = (bytes[8] & std::byte{0x3F}) | std::byte{0x80};
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out += (i == 4 || i == 6 || i == 8 || i == 10) ? "-" : "";
        out += format("{:02x}", std::to_integer<unsigned>(bytes.at(i)));
    }
    return out;
}

Problem busy(Text detail) {
    Problem problem = make_problem(ProblemKind::kBusy, std::move(detail));
    problem.headers.add("Retry-After", "1");
    return problem;
}

// A body that is read while it is sent. The names are Beast's.
// NOLINTBEGIN(readability-identifier-naming)
struct SourceBody {
    using value_type = std::shared_ptr<const codec::ByteSource>;

    static std::uint64_t size(const value_type& source) { return source->size(); }

    class writer {
    public:
        using const_buffers_type = asio::const_buffer;

        template <bool IsRequest, class Fields>
        writer(const beast::http::header<IsRequest, Fields>&, value_type source)
            : source_(std::move(source)) {}

        void init(error_code& error) {
            error = {};
            piece_.resize(std::size_t{64} << 10);
        }

        // A source that cannot be read on ends the connection: what was sent cannot be taken back.
        boost::optional<std::pair<const_buffers_type, bool>> get(error_code& error) {
            const Result<std::size_t> count = source_->read_at(offset_, piece_);
            if (!count || *count == 0) {
                error = make_error_code(beast::http::error::partial_message);
                return boost::none;
            }
            error = {};
            offset_ += *count;
            return std::pair(asio::const_buffer(piece_.data(), *count), offset_ < source_->size());
        }

    private:
        value_type source_;
        std::string piece_;
        std::uint64_t offset_ = 0;
    };
};

// NOLINTEND(readability-identifier-naming)

class Session final : public Connection, public std::enable_shared_from_this<Session> {
public:
    Session(Tcp::socket socket, Core& core)
        : core_(core), stream_(std::move(socket)), deadline_(core.context) {
        error_code gone;
        const auto endpoint = stream_.socket().remote_endpoint(gone);
        peer_ = gone ? std::string() : endpoint.address().to_string();
    }

    [[nodiscard]] const std::string& peer() const noexcept override { return peer_; }

    void start() override { read_header(); }

    void turn_away() override;
    void begin_stop() override;
    void cancel() override;

private:
    void read_header();
    void on_header(error_code error);
    void read_body();
    void on_body(error_code error);
    void take_head();
    void dispatch();
    void run_handler(const policy::RequestContext& context);
    void watch_for_leaving();
    void refuse(const Problem& problem);
    void finish(Response response);
    template <typename Message>
    void write(Message message);
    void on_written(error_code error);
    void drain(std::uint64_t left);
    void close();
    void log(const Response& response) const;

    Core& core_;
    std::string peer_;
    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    asio::steady_timer deadline_;
    std::unique_ptr<RequestParser> parser_;  // of the request at work
    std::shared_ptr<Request> request_;       // also read by the worker that answers it
    std::optional<policy::RequestContext> context_;
    std::string scratch_;
    std::int64_t started_us_ = 0;
    std::uint64_t answer_count_ = 0;
    bool is_waiting_ = false;  // nothing of a request has been taken yet
    bool closes_ = false;      // after the answer
};

void Session::turn_away() {
    request_ = std::make_shared<Request>();
    request_->id = new_request_id(core_.randomness);
    started_us_ = core_.clock.monotonic_us();
    refuse(busy({"连接数已满。", "All connections are taken."}));
}

void Session::begin_stop() {
    closes_ = true;
    if (is_waiting_) {
        close();
    }
}

void Session::cancel() {
    if (context_) {
        context_->cancel();
    }
    close();
}

void Session::read_header() {
    parser_ = std::make_unique<RequestParser>();
    parser_->header_limit(core_.options.limits.header_bytes);
    // The body's bound is set once the header is known: what is refused then can still be answered.
    parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
    request_ = std::make_shared<Request>();
    is_waiting_ = true;
    stream_.expires_after(core_.options.limits.idle_time);
    beast::http::async_read_header(
        stream_,
        buffer_,
        *parser_,
        [self = shared_from_this()](error_code error, std::size_t) { self->on_header(error); }
    );
}

void Session::on_header(error_code error) {
    is_waiting_ = false;
    request_->id = new_request_id(core_.randomness);
    started_us_ = core_.clock.monotonic_us();
    if (error == beast::http::error::header_limit || error == beast::http::error::buffer_overflow) {
        const auto bytes = core_.options.limits.header_bytes;
        return refuse(make_problem(
            ProblemKind::kHeaderTooLarge,
            {format("请求头最大 {} 字节。", bytes),
             format("A request header has at most {} bytes.", bytes)}
        ));
    }
    if (error && error.category() == make_error_code(beast::http::error::bad_method).category() &&
        error != beast::http::error::end_of_stream &&
        error != beast::http::error::partial_message) {
        return refuse(make_problem(
            ProblemKind::kInvalidRequest,
            {format("不是有效的 HTTP/1.1 请求：{}。", error.message()),
             format("Not a valid HTTP/1.1 request: {}.", error.message())}
        ));
    }
    if (error) {
        return close();
    }
    take_head();
}

void Session::take_head() {
    const auto& message = parser_->get();
    const Limits& limits = core_.options.limits;
    request_->method_text = message.method_string();
    request_->method = parse_method(request_->method_text);
    request_->peer = peer_;
    for (const auto& field : message) {
        request_->headers.add(field.name_string(), field.value());
    }
    closes_ = closes_ || !message.keep_alive();
    if (!split_target(message.target(), *request_)) {
        return refuse(make_problem(
            ProblemKind::kInvalidRequest, {"请求地址有误。", "The request target is not a path."}
        ));
    }
    if (const auto problem = check_head(*request_, limits, core_.hosts)) {
        return refuse(*problem);
    }
    if (parser_->content_length().value_or(0) > limits.body_bytes) {
        return on_body(make_error_code(beast::http::error::body_limit));
    }
    parser_->body_limit(limits.body_bytes);
    if (request_->headers.find("Expect").empty() || parser_->is_done()) {
        return read_body();
    }
    scratch_ = "HTTP/1.1 100 Continue\r\n\r\n";
    stream_.expires_after(limits.transfer_time);
    asio::async_write(
        stream_,
        asio::buffer(scratch_),
        [self = shared_from_this()](error_code error, std::size_t) {
            error ? self->close() : self->read_body();
        }
    );
}

void Session::read_body() {
    stream_.expires_after(core_.options.limits.transfer_time);
    beast::http::async_read(
        stream_,
        buffer_,
        *parser_,
        [self = shared_from_this()](error_code error, std::size_t) { self->on_body(error); }
    );
}

void Session::on_body(error_code error) {
    if (error == beast::http::error::body_limit) {
        const auto bytes = core_.options.limits.body_bytes;
        Problem problem = make_problem(
            ProblemKind::kBodyTooLarge,
            {format("请求内容最大 {} 字节，请分批提交。", bytes),
             format("A request body has at most {} bytes; send it in parts.", bytes)}
        );
        if (is_epcis_path(request_->path)) {
            problem.headers.add("GS1-EPCIS-Capture-File-Size-Limit", std::to_string(bytes));
        }
        return refuse(problem);
    }
    if (error) {
        return close();
    }
    stream_.expires_never();
    request_->body = std::move(parser_->get().body());
    dispatch();
}

void Session::dispatch() {
    // Who makes it, the handler finds out.
    const policy::RequestContext context(policy::Principal{}, request_->id);
    context_ = context;
    const bool is_taken = core_.pool.submit(
        // The work guard keeps the socket thread alive until the answer has been posted back.
        [self = shared_from_this(), context, guard = asio::make_work_guard(core_.context)] {
            self->run_handler(context);
        },
        core_.options.lane_of ? core_.options.lane_of(*request_) : 0
    );
    if (!is_taken) {
        return finish(problem_response(
            busy({"等待处理的请求已满。", "Too many requests are waiting."}), *request_
        ));
    }
    deadline_.expires_after(core_.options.limits.request_time);
    deadline_.async_wait([context](error_code error) {
        if (!error) {
            context.cancel();
        }
    });
    watch_for_leaving();
}

// On a worker. The fence for what third-party code throws.
void Session::run_handler(const policy::RequestContext& context) {
    Response response;
    try {
        if (const auto alive = context.check_alive(); !alive) {
            response = problem_response(problem_of(alive.error()), *request_);
        } else {
            response = core_.handler(*request_, context);
        }
    } catch (const std::exception& error) {
        response = problem_response(make_problem(ProblemKind::kInternal, {}), *request_);
        response.note = error.what();
    }
    asio::post(core_.context, [self = shared_from_this(), answer = std::move(response)]() mutable {
        self->finish(std::move(answer));
    });
}

void Session::watch_for_leaving() {
    stream_.socket().async_wait(
        Tcp::socket::wait_read,
        [self = shared_from_this(), count = answer_count_](error_code error) {
            if (error || count != self->answer_count_) {
                return;
            }
            char next = 0;
            error_code peeked;
            const std::size_t bytes = self->stream_.socket().receive(
                asio::buffer(&next, 1), Tcp::socket::message_peek, peeked
            );
            // A byte is the next request of a pipeline: there is nothing more to watch for.
            if (bytes == 0 && self->context_) {
                self->context_->cancel();
            }
        }
    );
}

void Session::refuse(const Problem& problem) {
    closes_ = true;
    finish(problem_response(problem, *request_));
}

void Session::finish(Response response) {
    ++answer_count_;
    deadline_.cancel();
    error_code ignored;
    std::ignore = stream_.socket().cancel(ignored);
    context_.reset();
    add_security_headers(response);
    response.headers.set("Date", format_http_date(core_.clock.now_us()));
    response.headers.set("X-Request-Id", request_->id);
    const bool has_no_content = response.status == 204 || response.status == 304;
    response.is_bodyless =
        response.is_bodyless || has_no_content || request_->method == Method::kHead;
    log(response);

    const auto fill = [&](auto& message) {
        message.version(11);
        message.result(static_cast<unsigned>(response.status));
        for (const Header& header : response.headers.all()) {
            message.insert(header.name, header.value);
        }
        if (!has_no_content) {
            message.content_length(response.body_bytes());
        }
        message.keep_alive(!closes_);
    };
    const Limits& limits = core_.options.limits;
    stream_.expires_after(limits.transfer_time * (1 + response.body_bytes() / limits.body_bytes));
    if (response.is_bodyless) {
        beast::http::response<beast::http::empty_body> message;
        fill(message);
        write(std::move(message));
    } else if (response.source && response.source->size() > 0) {
        beast::http::response<SourceBody> message;
        fill(message);
        message.body() = std::move(response.source);
        write(std::move(message));
    } else {
        beast::http::response<beast::http::string_body> message;
        fill(message);
        message.body() = std::move(response.body);
        write(std::move(message));
    }
}

template <typename Message>
void Session::write(Message message) {
    const auto owned = std::make_shared<Message>(std::move(message));
    beast::http::async_write(
        stream_,
        *owned,
        [self = shared_from_this(), owned](error_code error, std::size_t) {
            self->on_written(error);
        }
    );
}

void Session::on_written(error_code error) {
    if (error) {
        return close();
    }
    if (!closes_ && !core_.is_stopping) {
        return read_header();
    }
    // Closing with unread bytes would reset the connection, and the client might never see the
    // answer.
    error_code ignored;
    std::ignore = stream_.socket().shutdown(Tcp::socket::shutdown_send, ignored);
    constexpr std::chrono::seconds kPatience{2};
    stream_.expires_after(kPatience);
    scratch_.resize(std::size_t{16} << 10);
    drain(core_.options.limits.drain_bytes);
}

void Session::drain(std::uint64_t left) {
    stream_.async_read_some(
        asio::buffer(scratch_),
        [self = shared_from_this(), left](error_code error, std::size_t bytes) {
            if (error || bytes >= left) {
                return self->close();
            }
            self->drain(left - bytes);
        }
    );
}

void Session::close() {
    deadline_.cancel();
    if (context_) {
        context_->cancel();
    }
    error_code ignored;
    std::ignore = stream_.socket().close(ignored);
    if (core_.connections.erase(shared_from_this()) != 0) {
        core_.on_connection_end();
    }
}

void Session::log(const Response& response) const {
    if (core_.options.access_log) {
        core_.options.access_log(format(
            "{} {} {} {} {} {}us{}{}",
            request_->id,
            request_->method_text.empty() ? "-" : request_->method_text,
            request_->path.empty() ? "-" : request_->path,
            response.status,
            response.body_bytes(),
            core_.clock.monotonic_us() - started_us_,
            response.note.empty() ? "" : " ",
            response.note
        ));
    }
}

}  // namespace

std::shared_ptr<Connection> make_connection(Tcp::socket socket, Core& core) {
    return std::make_shared<Session>(std::move(socket), core);
}

}  // namespace suyuan::http
