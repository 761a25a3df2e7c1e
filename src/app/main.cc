// SPDX-License-Identifier: Apache-2.0
//
//   suyuan serve | demo | import | trace | search | export | verify | stats | account | key | audit
//
// This file and access_parser.cc alone know CLI11.

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/access_parser.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/nearest.h"
#include "base/error.h"
#include "base/format.h"
#include "io/clock.h"
#include "io/process.h"
#include "io/randomness.h"

namespace suyuan::app {
namespace {

void add_data_option(CLI::App& command, std::string& directory) {
    command.add_option("--data", directory, "数据目录 · data directory")->required();
}

void add_json_flag(CLI::App& command, bool& json) {
    command.add_flag("--json", json, "机器可读输出 · machine output")
        ->each([](const std::string& /*value*/) { speak_json(); });
}

void add_serve(CLI::App& program, Action& action) {
    const auto options = std::make_shared<ServeOptions>();
    CLI::App* command = program.add_subcommand("serve", "启动服务 · serve the page and the API");
    add_data_option(*command, options->directory);
    command
        ->add_option(
            "--listen",
            options->listen,
            "监听地址；有安全管理员账号之前仅限本机 · address and port; loopback until there is a "
            "security officer"
        )
        ->capture_default_str();
    command
        ->add_option(
            "--start-path", options->start_path, "打印的网址路径 · path of the printed URL"
        )
        ->capture_default_str();
    command->add_option(
        "--host",
        options->host_names,
        "经 TLS 代理访问时的主机名 · name under which a TLS proxy is reached"
    );
    command
        ->add_option(
            "--pace",
            options->account_pace,
            "每个账号每秒可用的请求单位，密钥与单位按比例放大 · request units a second for each "
            "account; keys and organisations in proportion"
        )
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command->add_flag("--access-log", options->logs_access, "记录每个请求 · log every request");
    command->callback([options, &action] {
        action = [options](World& world) { return run_serve(world, *options); };
    });
}

void add_demo(CLI::App& program, Action& action) {
    const auto options = std::make_shared<DemoOptions>();
    CLI::App* command = program.add_subcommand(
        "demo", "写入演示故事 · load the demo story: ten days around one bad lot"
    );
    command->add_option("--data", options->directory, "数据目录 · data directory");
    add_json_flag(*command, options->json);
    command->add_flag(
        "--document", options->shows_document, "只输出其 EPCIS 文件 · print the document only"
    );
    command->add_flag(
        "--start-path", options->shows_start, "只输出首个链接 · print the first link only"
    );
    CLI::Option* const operators = command->add_option(
        "--operators",
        options->operators,
        "生成示范省：主体数，如 2000 · make a province of so many operators"
    );
    command->add_option("--days", options->days, "示范省的天数 · days of the province")
        ->needs(operators)
        ->capture_default_str();
    command->add_option("--seed", options->seed, "同一种子，同一示范省 · equal seeds, equal worlds")
        ->needs(operators)
        ->capture_default_str();
    command->add_option("--sink", options->sink, "store 入库 | csv 写文件 | none 只生成")
        ->needs(operators)
        ->check(CLI::IsMember({"store", "csv", "none"}))
        ->capture_default_str();
    command->add_flag("--check", options->checks, "校验编码、名称、流向 · check codes and flows")
        ->needs(operators);
    command->callback([options, &action] {
        action = [options](World& world) { return run_demo(world, *options); };
    });
}

void add_import(CLI::App& program, Action& action) {
    const auto options = std::make_shared<ImportOptions>();
    CLI::App* command = program.add_subcommand(
        "import",
        "导入 EPCIS 文件、文件夹，或台账表格（CSV、XLSX）· import EPCIS documents, query "
        "documents, "
        "event lines, or sheets of lines (CSV, XLSX)"
    );
    add_data_option(*command, options->directory);
    add_json_flag(*command, options->json);
    command->add_option("FILE", options->paths, "文件或文件夹 · files or folders")->required();
    command->add_flag(
        "--proceed", options->proceeds, "合格的先入库（默认：有错则整份不收）· store what is valid"
    );
    command->add_flag("--quiet", options->quiet, "不列出问题 · do not list problems");
    command->add_option(
        "--sheet",
        options->sheet,
        "表格是哪种模板（默认看表头）：inbound 进货, outbound 出货, processing 加工, count 盘点, "
        "operators 经营主体, sites 场所, products 产品, licences 许可证, links 关联, papers 单证, "
        "vehicles 车辆, people 从业人员 · which template the table is (default: "
        "told by its titles)"
    );
    command->add_option(
        "--worksheet", options->worksheet, "工作簿里的哪一张 · which worksheet of a workbook"
    );
    command->add_option(
        "--map",
        options->columns,
        "表头=列名，可多次；“表头=”表示不用这一列 · title=column, repeatable; \"title=\" leaves it "
        "out"
    );
    command->add_option(
        "--operator",
        options->operator_code,
        "没有写明的行是谁的台账（统一社会信用代码）· whose lines these are where they do not say "
        "(USCC)"
    );
    command->add_option(
        "--site", options->site, "没有写明的行在哪个场所 · where they are where they do not say"
    );
    command->add_option(
        "--errors",
        options->faults_file,
        "有问题的行另存为此文件（XLSX），改好可再导入 · a workbook of the bad rows, to mend and "
        "import again"
    );
    command->callback([options, &action] {
        action = [options](World& world) { return run_import(world, *options); };
    });
}

void add_trace(CLI::App& program, Action& action) {
    const auto options = std::make_shared<TraceOptions>();
    CLI::App* command = program.add_subcommand(
        "trace",
        "一键追溯：从哪来、到哪去、现在在哪 · where it came from, where it went, what is where"
    );
    add_data_option(*command, options->directory);
    add_json_flag(*command, options->json);
    command
        ->add_option(
            "CODE",
            options->code,
            "追溯码、批号、单证号、车牌、人员、主体、场所 · any code, lot, paper, plate, person, "
            "operator, site"
        )
        ->required();
    command->add_option("--direction", options->direction, "back 溯源 | forward 追踪 | full 全链")
        ->check(CLI::IsMember({"back", "forward", "full"}))
        ->capture_default_str();
    command
        ->add_option(
            "--format",
            options->format,
            "table | json | csv | dot | pdf 报告 report | xlsx 报告 report | fcl FoodChain-Lab "
            "工作簿 "
            "workbook | fsma204, fsma204-xlsx FSMA 204 宽表 wide sheet"
        )
        ->check(CLI::IsMember(
            {"table", "json", "csv", "dot", "pdf", "xlsx", "fcl", "fsma204", "fsma204-xlsx"}
        ))
        ->capture_default_str();
    command->add_option("--kind", options->kind, "按何种解释 · take CODE for this kind only")
        ->check(CLI::IsMember(
            {"item", "lot", "container", "paper", "vehicle", "person", "operator", "site"}
        ));
    command->add_option("--owner", options->owner, "只从此主体处起 · start only at this owner");
    command->add_option("--site", options->site, "只从此场所处起 · start only at this site");
    command->add_option(
        "--from", options->from, "时间窗起（2026-01-05 或带时区的时刻）· window start"
    );
    command->add_option("--to", options->to, "时间窗止 · window end");
    command->add_option(
        "--as-of", options->as_of, "按此记录时间所知 · as known at this record time"
    );
    command->add_flag(
        "--escalate", options->escalate, "单件按整批追 · one thing stands for its lot"
    );
    command
        ->add_option("--language", options->language, "报告的语言 · language of a report: zh | en")
        ->check(CLI::IsMember({"zh", "en"}))
        ->capture_default_str();
    command->add_option(
        "--output", options->output, "写入新文件 · a new file; default: standard output"
    );
    command->add_option(
        "--explain", options->explain, "为何在列：位置键 · why is this position listed?"
    );
    command->callback([options, &action] {
        if (options->json) {
            options->format = "json";
        }
        action = [options](World& world) { return run_trace(world, *options); };
    });
}

void add_search(CLI::App& program, Action& action) {
    const auto options = std::make_shared<SearchOptions>();
    CLI::App* command =
        program.add_subcommand("search", "查找编码、名称、单证 · find codes, names, papers");
    add_data_option(*command, options->directory);
    add_json_flag(*command, options->json);
    command->add_option("TEXT", options->text, "编码、其开头或名称 · a code, its beginning, a name")
        ->required();
    command->add_option(
        "--kind",
        options->kind,
        "item | operator | site | vehicle | person | paper | product | region"
    );
    command->add_option("--limit", options->limit, "最多几条 · at most")->capture_default_str();
    command->add_option("--cursor", options->cursor, "下一页 · the next page");
    command->callback([options, &action] {
        action = [options](World& world) { return run_search(world, *options); };
    });
}

void add_export(CLI::App& program, Action& action) {
    const auto options = std::make_shared<ExportOptions>();
    CLI::App* command = program.add_subcommand(
        "export",
        "导出主数据与全部事件，可再导入；主数据不含姓名和电话 · the register and every event, fit "
        "for "
        "import again; the register is without names and phones of people"
    );
    add_data_option(*command, options->directory);
    command
        ->add_option(
            "--format",
            options->format,
            "document 一份 EPCIS 文件 | lines 每行一条 (.jsonl) | fsma204, fsma204-xlsx FSMA 204 "
            "宽表 "
            "wide sheet (--output)"
        )
        ->check(CLI::IsMember({"document", "lines", "fsma204", "fsma204-xlsx"}))
        ->capture_default_str();
    command->add_option(
        "--output", options->output, "写入新文件 · a new file; default: standard output"
    );
    command->callback([options, &action] {
        action = [options](World& world) { return run_export(world, *options); };
    });
}

void add_verify(CLI::App& program, Action& action) {
    const auto options = std::make_shared<VerifyOptions>();
    CLI::App* command = program.add_subcommand(
        "verify", "核对日志与台账 · read everything, say what contradicts itself"
    );
    add_data_option(*command, options->directory);
    add_json_flag(*command, options->json);
    command->add_flag(
        "--rebuild-stock", options->rebuilds_stock, "先重建台账 · rebuild the stock ledger first"
    );
    command->callback([options, &action] {
        action = [options](World& world) { return run_verify(world, *options); };
    });
}

void add_stats(CLI::App& program, Action& action) {
    const auto options = std::make_shared<StatsOptions>();
    CLI::App* command = program.add_subcommand("stats", "数据量一览 · how much of what is stored");
    add_data_option(*command, options->directory);
    add_json_flag(*command, options->json);
    command->callback([options, &action] {
        action = [options](World& world) { return run_stats(world, *options); };
    });
}

std::vector<std::string> names_of(const CLI::App& program) {
    std::vector<std::string> names;
    for (const CLI::App* const command : program.get_subcommands({})) {
        names.push_back(command->get_name());
    }
    return names;
}

std::vector<std::string> options_of(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* const option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            names.push_back("--" + name);
        }
    }
    return names;
}

// "; did you mean --data?"
Sentence or_rather(std::string_view typed, const std::vector<std::string>& words) {
    const std::string meant = nearest(typed, words);
    if (meant.empty()) {
        return {};
    }
    return {format("；是不是要用 {}？", meant), format("; did you mean {}?", meant)};
}

// A word that is no command, an option that the command does not have.
std::optional<Sentence> unknown_word(
    const CLI::App& program, const std::vector<std::string>& words
) {
    const std::vector<std::string> names = names_of(program);
    if (words.empty()) {
        std::string all;
        for (const std::string& name : names) {
            all += all.empty() ? name : " | " + name;
        }
        return Sentence{format("请写要做什么：{}", all), format("say what to do: {}", all)};
    }
    const bool is_option = words.front().starts_with('-');
    if (!is_option && std::ranges::find(names, words.front()) == names.end()) {
        const Sentence hint = or_rather(words.front(), names);
        return Sentence{
            format("没有“{}”这个命令{}", words.front(), hint.zh),
            format("there is no command '{}'{}", words.front(), hint.en)
        };
    }
    const CLI::App& command = is_option ? program : *program.get_subcommand(words.front());
    const std::vector<std::string> commands_within = names_of(command);
    if (!commands_within.empty() && (words.size() == 1 || !words[1].starts_with('-'))) {
        return unknown_word(command, {words.begin() + 1, words.end()});
    }
    const std::vector<std::string> options = options_of(command);
    for (const std::string& word : words) {
        const std::string name = word.substr(0, word.find('='));
        const bool is_long = name.size() > 2 && name.starts_with("--");
        if (is_long && std::ranges::find(options, name) == options.end()) {
            const Sentence hint = or_rather(name, options);
            return Sentence{
                format("没有“{}”这个选项{}", name, hint.zh),
                format("there is no option '{}'{}", name, hint.en)
            };
        }
    }
    return std::nullopt;
}

// What the parser says in English, told in both languages by what kind of error it is.
Sentence told_of(const CLI::ParseError& error) {
    const std::string en = error.what();
    const auto before = [&](std::string_view words) {
        const auto at = en.find(words);
        return at == std::string::npos ? std::string() : en.substr(0, at);
    };
    if (const std::string name = before(" is required"); !name.empty()) {
        return {format("缺少 {}", name), en};
    }
    if (const std::string name = before(" requires "); !name.empty()) {
        return {format("{} 要与 {} 一起用", name, en.substr(name.size() + 10)), en};
    }
    if (const std::string wrong = before(" not in {"); !wrong.empty()) {
        return {format("{} 不在 {} 之内", wrong, en.substr(wrong.size() + 8)), en};
    }
    if (en.starts_with("Could not convert: ")) {
        return {format("无法理解的值：{}", en.substr(en.find(": ") + 2)), en};
    }
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
        return {format("多余的内容：{}", en.substr(en.find(": ") + 2)), en};
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        return {format("{} 缺少值", before(":")), en};
    }
    return {format("用法不对（{}）", en), en};
}

void complain_of_use(
    const CLI::App& program, const CLI::ParseError& error, const std::vector<std::string>& words
) {
    Sentence told = unknown_word(program, words).value_or(told_of(error));
    complain(Error(ErrorCode::kInvalidArgument, std::move(told)));
    note("各命令的用法见 --help", "--help tells how each command is used");
}

int run(int argument_count, char** arguments) {
    CLI::App program{"溯源 Suyuan：食品一键追溯 · food traceability in one click"};
    program.set_version_flag("--version", std::string(SUYUAN_VERSION));
    program.require_subcommand(1);
    program.get_formatter()->column_width(34);
    Action action;
    add_serve(program, action);
    add_demo(program, action);
    add_import(program, action);
    add_trace(program, action);
    add_search(program, action);
    add_export(program, action);
    add_verify(program, action);
    add_stats(program, action);
    add_account(program, action);
    add_key(program, action);
    add_audit(program, action);
    try {
        program.parse(argument_count, arguments);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {
            program.exit(error);  // was asked for help, or for the version
            return static_cast<int>(ExitCode::kDone);
        }
        complain_of_use(program, error, {arguments + 1, arguments + argument_count});
        return static_cast<int>(ExitCode::kUsage);
    }
    const io::SystemClock clock;
    io::SystemRandomness randomness;
    World world{clock, randomness};
    // What we write holds names and phone numbers.
    io::keep_new_files_private();
    const ExitCode outcome = action(world);
    return static_cast<int>(finish_output() ? outcome : ExitCode::kFailed);
}

}  // namespace
}  // namespace suyuan::app

// The fence for what third-party code throws: memory, most likely.
int main(int argument_count, char** arguments) {
    try {
        return suyuan::app::run(argument_count, arguments);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "suyuan: %s\n", failure.what());
        return static_cast<int>(suyuan::app::ExitCode::kFailed);
    }
}
