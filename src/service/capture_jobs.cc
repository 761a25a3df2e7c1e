// SPDX-License-Identifier: Apache-2.0

#include "service/capture_jobs.h"

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "crypto/sha256.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "io/threads.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/intake.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

// What the submitter may know of a failure: what they can mend, else only that it failed.
Sentence reason_of(const Error& error) {
    switch (error.code()) {
        case ErrorCode::kInvalidArgument:
        case ErrorCode::kConflict:
        case ErrorCode::kLimitExceeded:
            return sentence_of(error);
        case ErrorCode::kNotFound:
        case ErrorCode::kPermissionDenied:
        case ErrorCode::kCancelled:
        case ErrorCode::kUnavailable:
        case ErrorCode::kCorruption:
            break;
    }
    return {
        "数据库未能收下此文件，请稍后重新提交：已存入的会被认出。",
        "The store could not take the document. Send it again later: what was stored is "
        "recognised.",
    };
}

std::string single_problem(Sentence reason) {
    return problems_json({{
        .pointer = "",
        .reason = std::move(reason.en),
        .reason_zh = std::move(reason.zh),
    }});
}

// What is not the document's fault: it may be sent again as it is.
std::string interruption(const Sentence& reason) {
    codec::Json problem = codec::Json::object();
    problem.set("pointer", codec::Json::string(""))
        .set("reason", codec::Json::string(reason.en))
        .set("reason_zh", codec::Json::string(reason.zh))
        .set("interrupted", codec::Json::boolean(true));
    return codec::write_json(codec::Json::array({std::move(problem)}));
}

bool is_ours(ErrorCode code) noexcept {
    return code == ErrorCode::kUnavailable || code == ErrorCode::kCancelled ||
           code == ErrorCode::kCorruption;
}

void fill(store::CaptureJob& job, const Result<CaptureReport>& report) {
    if (!report) {
        job.state = store::JobState::kFailed;
        job.errors = is_ours(report.error().code()) ? interruption(reason_of(report.error()))
                                                    : single_problem(reason_of(report.error()));
        return;
    }
    job.state = report->problems.empty() ? store::JobState::kSucceeded : store::JobState::kFailed;
    job.event_count = report->event_count;
    job.stored_count = report->stored_count;
    job.errors = problems_json(report->problems);
}

}  // namespace

struct CaptureJobs::Task {
    policy::RequestContext context;
    policy::Scope scope;
    codec::EpcisDocument document;
    CaptureOptions options;
    store::CaptureJob job;
    std::size_t bytes = 0;
};

CaptureJobs::CaptureJobs(
    store::Store& store,
    Intake& intake,
    const io::Clock& clock,
    io::Randomness& randomness,
    CaptureJobLimits limits
)
    : store_(store),
      intake_(intake),
      clock_(clock),
      randomness_(randomness),
      limits_(limits),
      pool_(std::make_unique<io::WorkerPool>(limits.thread_count, limits.queue_max)) {}

CaptureJobs::~CaptureJobs() {
    stop();
}

void CaptureJobs::stop() {
    std::unique_ptr<io::WorkerPool> finishing;
    {
        const std::scoped_lock lock(mutex_);
        finishing = std::move(pool_);
    }
    // Outside the lock, which the jobs need: the pool's destructor runs what is queued.
    finishing.reset();
}

Status CaptureJobs::reserve(std::size_t bytes) {
    if (bytes > limits_.bytes_max) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("采集任务最多容纳 {} 字节，此文件有 {} 字节", limits_.bytes_max, bytes),
                format(
                    "capture jobs hold at most {} bytes, the document has {}",
                    limits_.bytes_max,
                    bytes
                )
            }
        );
    }
    const std::scoped_lock lock(mutex_);
    if (!pool_) {
        return fail(ErrorCode::kUnavailable, Sentence{"服务正在停止", "the server is stopping"});
    }
    if (waiting_count_ >= limits_.queue_max || bytes_held_ + bytes > limits_.bytes_max) {
        return fail(
            ErrorCode::kUnavailable,
            Sentence{
                "正忙：排队的采集太多，请稍后再试",
                "busy: too many captures are waiting; try again later"
            }
        );
    }
    ++waiting_count_;
    bytes_held_ += bytes;
    return {};
}

void CaptureJobs::release(std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    --waiting_count_;
    bytes_held_ -= bytes;
}

Result<std::string> CaptureJobs::submit(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view text,
    CaptureOptions options
) {
    SUYUAN_TRY_VOID(reserve(text.size()));
    auto id = accept(context, scope, text, std::move(options));
    if (!id) {
        release(text.size());
    }
    return id;
}

std::string CaptureJobs::new_id() {
    // 128 bits: nobody guesses another's job.
    std::array<std::byte, 16> bytes{};
    const std::scoped_lock lock(mutex_);
    randomness_.fill(bytes);
    std::string id = crypto::to_hex(bytes);
    running_.insert(id);
    return id;
}

bool CaptureJobs::enqueue(std::shared_ptr<const Task> task) {
    const std::scoped_lock lock(mutex_);
    const std::string id = task->job.id;
    const bool is_taken = pool_ && pool_->submit([this, kept = std::move(task)] { run(*kept); });
    if (!is_taken) {
        running_.erase(id);
    }
    return is_taken;
}

Result<std::string> CaptureJobs::accept(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view text,
    CaptureOptions options
) {
    codec::EpcisOptions reading;
    reading.accepts_query_documents = options.accepts_query_documents;
    SUYUAN_TRY(codec::EpcisDocument document, codec::read_epcis(text, reading));
    if (document.kind == codec::EpcisDocumentKind::kBareEvent) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "/type: 应为 EPCISDocument；单个事件请单独提交",
                "/type: must be EPCISDocument; a bare event is posted alone"
            }
        );
    }
    options.progress = {};
    // The job outlives the request, and its deadline.
    auto task = std::make_shared<Task>(Task{
        .context = policy::RequestContext(context.principal(), context.request_id()),
        .scope = scope,
        .document = std::move(document),
        .options = std::move(options),
        .job = {},
        .bytes = text.size(),
    });
    task->job.id = new_id();
    task->job.is_rollback = task->options.behaviour == ErrorBehaviour::kRollback;
    task->job.created_at = clock_.now_us();
    task->job.event_count = task->document.events.size();
    task->job.errors = problems_json({});
    std::string id = task->job.id;
    if (auto noted = store_.put_job(context, scope, task->job); !noted) {
        const std::scoped_lock lock(mutex_);
        running_.erase(id);
        return Failure(std::move(noted).error());
    }
    if (!enqueue(std::move(task))) {
        return fail(ErrorCode::kUnavailable, Sentence{"服务正在停止", "the server is stopping"});
    }
    return id;
}

void CaptureJobs::run(const Task& task) {
    {
        const std::scoped_lock lock(mutex_);
        --waiting_count_;
    }
    // However the job ends, an exception of a library included, it is no longer running.
    const auto finish = [this](const Task* finished) {
        const std::scoped_lock lock(mutex_);
        running_.erase(finished->job.id);
        bytes_held_ -= finished->bytes;
    };
    const std::unique_ptr<const Task, decltype(finish)> guard(&task, finish);
    store::CaptureJob job = task.job;
    fill(job, intake_.capture_document(task.context, task.scope, task.document, task.options));
    job.finished_at = clock_.now_us();
    // If this fails, the job is reported as left behind, which says to send the document again.
    (void)store_.put_job(task.context, task.scope, job);
}

Result<store::CaptureJob> CaptureJobs::job(
    const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
) const {
    // Before the store is asked: a job noted as running that was not running then is nobody's.
    const bool was_running = [&] {
        const std::scoped_lock lock(mutex_);
        return running_.contains(std::string(id));
    }();
    SUYUAN_TRY(std::optional<store::CaptureJob> job, store_.find_job(context, scope, id));
    if (!job) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{format("没有 {} 这个采集任务", id), format("there is no capture job {}", id)}
        );
    }
    if (job->state == store::JobState::kRunning && !was_running) {
        job->state = store::JobState::kFailed;
        job->errors = interruption(Sentence{
            "服务在记下结果之前停止了。请重新提交：已存入的会被认出。",
            "The server stopped before it noted the outcome. Send the document again: what was "
            "stored is recognised."
        });
    }
    return *std::move(job);
}

}  // namespace suyuan::service
