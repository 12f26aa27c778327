using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary>All commands of the tool.</summary>
internal static class RootCommands
{
    private const string Description = """
        Migrates, backs up, restores and fills the databases of RAG Studio, and of any other application that has its EF
        Core contexts on SQLite.

        Start here:
          ragstudio-db migrate                      make or migrate the databases in ./data
          ragstudio-db status                       say what state they are in
          ragstudio-db plan                         say what migrate would do, and what it would meet
          ragstudio-db import ~/notes -k notes      take a folder of texts into a knowledge base

        Another application:
          ragstudio-db status --assembly bin/Debug/net10.0/Shop.dll
          ragstudio-db migrate --assembly bin/Debug/net10.0/Shop.dll --context ShopContext --connection "Data Source=shop.db"
        Its contexts are created by their design-time factories, else by a constructor without arguments or with options
        alone. Every command works on them but import; their databases are named like the contexts.

        Exit codes: 0 done or already as wanted, 1 unexpected error, 2 usage, 3 migrations are pending or an
        interrupted run is to be undone, 4 failed and everything is as it was, 5 failed and a person is needed, 6 errors
        were found in a database or a backup, 7 the database is newer than this program, 8 locked by another process,
        9 no backup could be made, 10 an applied migration was edited or the schema is not what it should be, 11 the plan
        was refused, 130 cancelled.
        """;

    public static RootCommand Create(GlobalOptions options, CommandRunner runner, TextWriter output)
    {
        var root = new RootCommand(Description)
        {
            MigrateCommand.Create(runner),
            StatusCommand.Create(runner),
            PlanCommand.Create(runner),
            ScriptCommand.Create(runner),
            CompileCommand.Create(runner),
            ValidateCommand.Create(runner),
            HistoryCommand.Create(runner),
            ReportCommand.Create(runner),
            RollbackCommand.Create(runner),
            RestoreCommand.Create(runner),
            RecoverCommand.Create(runner),
            AcceptCommand.Create(runner),
            BackupCommand.Create(runner),
            ImportCommand.Create(runner),
            CompletionCommand.Create(runner, output),
            CompleteCommand.Create(runner, output),
        };
        // Words in brackets, [diagram] for one, would be commands to the parser.
        root.Directives.Clear();
        options.AddTo(root);
        BriefHelp.AddTo(root);
        return root;
    }
}
