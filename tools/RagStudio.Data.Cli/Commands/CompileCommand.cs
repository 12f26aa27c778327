using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary><c>compile</c></summary>
internal sealed class CompileCommand
{
    private const string Description = """
        Generate the SQL of every migration in advance, up and down, into one file per context. Migrating then needs no EF
        model and takes a fraction of the time. Reads and writes no database.

        Check the file in, and embed it in the assembly that contains the migrations:
          <EmbeddedResource Include="Migrations/**/*.migrations.json" />
        Compile again whenever a migration is added, edited or removed. An outdated file causes a warning and is ignored: EF
        generates the SQL as before. A migration that cannot be compiled, for example because it reads the clock, is named
        and left to EF; the others are compiled.

        With --check nothing is written; the exit code is 10 if a file is missing or outdated.

        Examples:
          ragstudio-db compile --assembly bin/Debug/net10.0/Shop.dll --context ShopContext --output Migrations
          ragstudio-db compile --assembly bin/Debug/net10.0/Shop.dll --context ShopContext --output Migrations --check
        """;

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The folder for the files. Default: the current folder.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Write nothing; report whether the files are up to date.",
    };

    public static Command Create(CommandRunner runner)
    {
        var compile = new CompileCommand();
        var command = new Command("compile", Description) { compile._output, compile._check };
        return runner.AttachReading(command, compile.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(context.Parsed.GetValue(_output) ?? ".", context.Environment.CurrentDirectory);
        if (!Directory.Exists(folder))
        {
            throw CommandException.Usage($"there is no folder '{folder}'. Create it first.");
        }

        CompiledContext[] compiled =
        [
            .. context.Services.GetServices<IMigrationDatabase>().Select(one => CompiledContext.Compile(one, folder)),
        ];
        return context.Parsed.GetValue(_check)
            ? Check(context, compiled)
            : await WriteAsync(context, compiled, cancellationToken);
    }

    private static async Task<ExitCode> WriteAsync(
        CommandContext context,
        IReadOnlyList<CompiledContext> compiled,
        CancellationToken cancellationToken
    )
    {
        var documents = new List<CompiledContextDocument>();
        foreach (var one in compiled)
        {
            var changed = await one.File.WriteAsync(one.Migrations, cancellationToken);
            documents.Add(CompiledContextDocument.From(one, changed));
        }

        context.Output.Write(new CompileDocument(documents), display => CompileView.ShowWritten(display, documents));
        return ExitCode.Done;
    }

    private static ExitCode Check(CommandContext context, IReadOnlyList<CompiledContext> compiled)
    {
        foreach (var one in compiled)
        {
            if (one.File.Read() is { } old && old.ProductVersion != one.Migrations.ProductVersion)
            {
                context.Output.Warn(
                    $"{one.File.Path} was compiled by EF Core {old.ProductVersion}, and this is {one.Migrations.ProductVersion}."
                );
            }
        }

        CompiledContextDocument[] documents =
        [
            .. compiled.Select(one => CompiledContextDocument.From(one, !one.File.Says(one.Migrations))),
        ];
        context.Output.Write(new CompileDocument(documents), display => CompileView.ShowChecked(display, documents));
        return documents.Any(one => one.Changed) ? ExitCode.Drifted : ExitCode.Done;
    }
}
