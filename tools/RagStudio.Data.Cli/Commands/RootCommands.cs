using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary>All commands of the tool.</summary>
internal static class RootCommands
{
    private const string Description = """
        Migrates, backs up, restores and fills the databases of RAG Studio, and of any other application with EF Core contexts
        on SQLite.

        Start here:
          ragstudio-db migrate                      create or migrate the databases in ./data
          ragstudio-db status                       show their state
          ragstudio-db plan                         show what migrate would do and what it would find
          ragstudio-db import ~/notes -k notes      import a folder of texts into a knowledge base

        Another application:
          ragstudio-db status --assembly bin/Debug/net10.0/Shop.dll
          ragstudio-db migrate --assembly bin/Debug/net10.0/Shop.dll --context ShopContext --connection "Data Source=shop.db"
        Its contexts are created by their design-time factories, by the application's host, or by a constructor without
        arguments or with options only. All commands except split, join, import, export-rows and import-rows support them; each database is named after its context.

        Exit codes: 0 done, or nothing to do; 1 unexpected error; 2 usage; 3 migrations are pending, or an interrupted run
        needs recovery; 4 failed, everything is as it was; 5 failed, manual intervention required; 6 errors found in a
        database or a backup; 7 the database is newer than this program, or its data has moved; 8 locked by another process; 9 the backup could not
        be made; 10 an applied migration was edited, or the schema is not as expected; 11 the plan was refused; 130 cancelled.
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
            ArchiveCommand.Create(runner),
            ValidateCommand.Create(runner),
            HistoryCommand.Create(runner),
            ReportCommand.Create(runner),
            RollbackCommand.Create(runner),
            RestoreCommand.Create(runner),
            RecoverCommand.Create(runner),
            AcceptCommand.Create(runner),
            AdoptCommand.Create(runner),
            CopyCommand.Create(runner),
            ReopenCommand.Create(runner),
            MoveEventsCommand.CreateSplit(runner),
            MoveEventsCommand.CreateJoin(runner),
            BackupCommand.Create(runner),
            ImportCommand.Create(runner),
            ExportRowsCommand.Create(runner),
            ImportRowsCommand.Create(runner),
            CompletionCommand.Create(runner, output),
            CompleteCommand.Create(runner, output),
        };
        // Words in brackets, such as [diagram], would be commands to the parser.
        root.Directives.Clear();
        options.AddTo(root);
        BriefHelp.AddTo(root);
        return root;
    }
}
