using System.Runtime.Versioning;

namespace RagStudio.Data.Scripts.Tests.EfMigrations;

// Tests the calls of dotnet, without the seconds that each dotnet ef takes.
[NonParallelizable]
[Platform(Exclude = "Win", Reason = "The fake dotnet is a shell script.")]
[UnsupportedOSPlatform("windows")]
public sealed class CallTests
{
    private const string Common = "[--prefix-output][--context][EventsContext][--configuration][Debug]";

    [TestCase("list", "[ef][migrations][list]")]
    [TestCase("LIST", "[ef][migrations][list]")]
    [TestCase("remove", "[ef][migrations][remove]")]
    [TestCase("script", "[ef][migrations][script]")]
    [TestCase("script 0 TraceEvents", "[ef][migrations][script][0][TraceEvents]")]
    [TestCase("""script 'two words' 'quote"$(x);'""", """[ef][migrations][script][two words][quote"$(x);]""")]
    [TestCase("update", "[ef][database][update]")]
    [TestCase("update TraceEvents", "[ef][database][update][TraceEvents]")]
    [TestCase("check -Provider Sqlite", "[ef][migrations][has-pending-model-changes]")]
    public void A_command_calls_dotnet_ef_with_its_arguments_as_they_were_typed(string command, string expected)
    {
        using var dotNet = new FakeDotNet();

        var run = Run($"{command} -Context Events");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(dotNet.Calls, Is.EqualTo([expected + Common]));
    }

    [Test]
    public void Check_asks_both_providers_and_tells_which_one_lacks_a_migration()
    {
        using var dotNet = new FakeDotNet();

        var run = Run("check");

        const string Check = "[ef][migrations][has-pending-model-changes]";
        const string Project =
            "[--project][src/RagStudio.Data.PostgreSql][--startup-project][src/RagStudio.Data.PostgreSql]";
        string[] calls =
        [
            .. new[] { "", Project }.SelectMany(project =>
                new[] { "AppMeta", "Events" }.Select(context =>
                    $"{Check}{project}[--prefix-output][--context][{context}Context][--configuration][Debug]"
                    + (context == "AppMeta" ? "" : "[--no-build]")
                )
            ),
        ];
        Assert.That(dotNet.Calls, Is.EqualTo(calls));
        Assert.That(
            run.Output,
            Is.EqualTo([
                "-- AppMetaContext",
                "-- EventsContext",
                "-- AppMetaContext on PostgreSql",
                "-- EventsContext on PostgreSql",
            ])
        );
    }

    [Test]
    public void Add_for_postgresql_works_in_its_project()
    {
        using var dotNet = new FakeDotNet();

        Run("add TagThings -Context Events -Provider postgresql");

        Assert.That(
            dotNet.Calls,
            Is.EqualTo([
                "[ef][migrations][add][TagThings][--output-dir][Migrations/Events][--namespace][RagStudio.Data.PostgreSql.Migrations.Events]"
                    + "[--project][src/RagStudio.Data.PostgreSql][--startup-project][src/RagStudio.Data.PostgreSql]"
                    + Common,
            ])
        );
    }

    [Test]
    public void Compile_for_postgresql_builds_its_project_and_reads_its_assembly()
    {
        using var dotNet = new FakeDotNet();

        Run("compile -Context Events -Provider PostgreSql");

        Assert.That(
            dotNet.Calls,
            Is.EqualTo([
                "[build][src/RagStudio.Data.PostgreSql][--configuration][Debug]",
                "[run][--project][tools/RagStudio.Data.Cli][--configuration][Debug][--][compile]"
                    + "[--assembly][src/RagStudio.Data.PostgreSql/bin/Debug/net10.0/RagStudio.Data.PostgreSql.dll]"
                    + "[--context][EventsContext][--output][src/RagStudio.Data.PostgreSql/Migrations/Events]",
            ])
        );
    }

    [TestCase("AppMeta")]
    [TestCase("Events")]
    public void Add_puts_a_migration_into_the_folder_and_the_namespace_of_its_context(string context)
    {
        using var dotNet = new FakeDotNet();

        Run($"add TagThings -Context {context.ToLowerInvariant()}");

        var expected =
            "[ef][migrations][add][TagThings]"
            + $"[--output-dir][Migrations/{context}][--namespace][RagStudio.Data.Migrations.{context}]"
            + $"[--prefix-output][--context][{context}Context][--configuration][Debug]";
        Assert.That(dotNet.Calls, Is.EqualTo([expected]));
    }

    [Test]
    public void Optimize_puts_the_compiled_model_beside_its_context()
    {
        using var dotNet = new FakeDotNet();

        Run("optimize -Context Events");

        Assert.That(
            dotNet.Calls,
            Is.EqualTo([
                "[ef][dbcontext][optimize][--output-dir][Events/CompiledModel][--namespace][RagStudio.Data.CompiledModels]"
                    + Common,
            ])
        );
    }

    [Test]
    public void Compile_calls_the_tool_of_the_repository_for_each_context_and_builds_it_once()
    {
        using var dotNet = new FakeDotNet();

        var run = Run("compile");

        Assert.That(run.Output, Is.EqualTo(["-- AppMetaContext", "-- EventsContext"]));
        Assert.That(
            dotNet.Calls,
            Is.EqualTo([
                "[run][--project][tools/RagStudio.Data.Cli][--configuration][Debug]"
                    + "[--][compile][--database][app_meta][--output][src/RagStudio.Data/Migrations/AppMeta]",
                "[run][--project][tools/RagStudio.Data.Cli][--configuration][Debug][--no-build]"
                    + "[--][compile][--database][events][--output][src/RagStudio.Data/Migrations/Events]",
            ])
        );
    }

    [Test]
    public void Every_call_is_made_at_the_root_of_the_repository()
    {
        using var dotNet = new FakeDotNet();

        Run("list");

        Assert.That(Environment.CurrentDirectory, Is.Not.EqualTo(Repository.Root));
        Assert.That(dotNet.WorkingDirectories, Is.EqualTo([Repository.Root, Repository.Root]));
    }

    [TestCase("list")]
    [TestCase("check -Context Both -Provider Sqlite")]
    [TestCase("script")]
    [TestCase("script 0")]
    [TestCase("update 0")]
    public void Both_contexts_are_meant_when_none_is_named_and_built_once(string command)
    {
        using var dotNet = new FakeDotNet();

        var run = Run(command);

        Assert.That(run.Output, Is.EqualTo(["-- AppMetaContext", "-- EventsContext"]));
        Assert.That(dotNet.Calls, Has.Count.EqualTo(2));
        Assert.That(dotNet.Calls[0], Does.Contain("[AppMetaContext]").And.Not.Contain("[--no-build]"));
        Assert.That(dotNet.Calls[1], Does.Contain("[EventsContext]").And.EndsWith("[--no-build]"));
    }

    [Test]
    public void The_configuration_and_the_wish_not_to_build_are_passed_on()
    {
        using var dotNet = new FakeDotNet();

        Run("list -Configuration Release -NoBuild");

        Assert.That(dotNet.Calls, Has.Count.EqualTo(2).And.All.EndsWith("[--configuration][Release][--no-build]"));
    }

    [TestCase("list")]
    [TestCase("script")]
    [TestCase("update")]
    public void The_first_failure_ends_a_command_with_its_exit_code(string command)
    {
        using var dotNet = new FakeDotNet("exit 3");

        var run = Run(command);

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Errors, Is.EqualTo(Failure(command, "AppMetaContext", 3)));
        Assert.That(dotNet.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public void Check_goes_on_after_a_failure_names_each_and_ends_with_the_first_exit_code()
    {
        using var dotNet = new FakeDotNet("case $* in *AppMetaContext*) exit 3;; *) exit 4;; esac");

        var run = Run("check -Provider Sqlite");

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(
            run.Errors,
            Is.EqualTo(Failure("check", "AppMetaContext", 3) + Failure("check", "EventsContext", 4))
        );
        Assert.That(dotNet.Calls, Has.Count.EqualTo(2).And.None.Contains("[--no-build]"));
    }

    [Test]
    public void Check_fails_when_only_the_second_context_does()
    {
        using var dotNet = new FakeDotNet("case $* in *EventsContext*) exit 4;; esac");

        var run = Run("check -Provider Sqlite");

        Assert.That(run.ExitCode, Is.EqualTo(4));
        Assert.That(run.Errors, Is.EqualTo(Failure("check", "EventsContext", 4)));
    }

    [Test]
    public void A_dotnet_that_is_not_there_is_an_error()
    {
        using var nowhere = new EnvironmentValue("DOTNET_HOST_PATH", "/nowhere/dotnet");

        Assert.That(() => Run("list"), Throws.Exception.With.Message.Contain("/nowhere/dotnet"));
    }

    private static string Failure(string command, string context, int exitCode) =>
        $"efmigrations: {command} failed for {context} with exit code {exitCode}{Environment.NewLine}";

    private static ScriptRun Run(string commandLine) => BarePowerShell.Run(Repository.EfMigrationsScript, commandLine);
}
