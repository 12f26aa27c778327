namespace RagStudio.Data.Benchmarks;

/// <summary>Starts a program with both databases of RAG Studio up to date.</summary>
internal sealed class StartWithNothingPending(bool isPublished) : ColdScenario
{
    public override string Name => isPublished ? "start-published" : "start";

    public override string Description =>
        "nothing is pending in RAG Studio's two databases, a new process"
        + (isPublished ? ", all programs published ReadyToRun" : "");

    public override bool IsLong => isPublished;

    /// <summary>A start is short: on a shared machine, medians of seven runs varied by a third.</summary>
    public override int Runs(bool quick) => quick ? 5 : 21;

    public override IReadOnlyList<ColdTarget> Targets { get; } =
    [
        new(Programs.Ours, Programs.EF, 0.20),
        new(Programs.Ours, Programs.DbUp, 1),
        new(Programs.Ours, Programs.Evolve, 1),
        new(Programs.Ours, Programs.FluentMigrator, 1),
        new(Programs.Ours, Programs.PlainHistory, 1.35),
        new(Programs.OursInContainer, Programs.EF, 0.20),
        new(Programs.OursInContainer, Programs.FluentMigrator, 1),
        new(Programs.OursInContainer, Programs.PlainHistory, 1.35) { Less = Programs.EmptyContainer },
        new(Programs.OursInHost, Programs.EF, 0.20) { Less = Programs.EmptyHost },
        new(Programs.OursInHost, Programs.PlainHistory, 1.35) { Less = Programs.EmptyHost },
        new(Programs.ToolStatus, Programs.EF, 0.20),
        new(Programs.ToolMigrate, Programs.EF, 0.20),
    ];

    public override async Task<IReadOnlyList<ColdChild>> PrepareAsync(BenchmarkDatabases databases, bool quick)
    {
        var folder = databases.NewFolder(Name);
        var form = isPublished ? await PublishedProgram.PublishAsync(databases) : ProgramForm.AsBuilt;
        var (appMeta, events) = await WriteScriptsAsync(folder, form);
        var isToolPublished = isPublished || !quick;
        var tool = isToolPublished ? await Tool.PublishAsync(databases) : Tool.AsBuilt();
        // Users do not have this form, so it is shown but not compared with a target.
        var state = isToolPublished ? "" : ", not published";
        var data = NewFolder("ours");
        IReadOnlyList<ColdChild> peers =
        [
            form.Child(Programs.EF, Child.EFRagStudio, NewFolder(Child.EFRagStudio)),
            Peer(Programs.DbUp, Child.DbUp),
            Peer(Programs.FluentMigrator, Child.FluentMigrator),
            Peer(Programs.Evolve, Child.Evolve),
        ];
        var ours = form.Child(Programs.Ours, Child.OursFactory, data);
        foreach (var migrates in peers.Append(ours))
        {
            await ChildProcess.TimeAsync(migrates);
        }
        return
        [
            form.Child(Programs.Empty, Child.Empty),
            form.Child(Programs.EmptyContainer, Child.EmptyContainer),
            form.Child(Programs.EmptyHost, Child.EmptyHost),
            form.Child(Programs.PlainHistory, Child.PlainHistory, data),
            .. peers,
            ours,
            form.Child(Programs.OursInContainer, Child.OursRagStudio, data),
            form.Child(Programs.OursInHost, Child.OursHost, data),
            new(Programs.ToolStatus + state, tool, ["status", "--check", "--data-dir", data]),
            new(Programs.ToolMigrate + state, tool, ["migrate", "--data-dir", data]),
        ];

        string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

        ColdChild Peer(string name, string role)
        {
            var own = NewFolder(role);
            string[] given = [Path.Combine(own, "app_meta.db"), appMeta, Path.Combine(own, "events.db"), events];
            return form.Child(name, role, given);
        }
    }

    private static async Task<(string AppMeta, string Events)> WriteScriptsAsync(string folder, ProgramForm form)
    {
        await using var appMeta = new AppMetaContext(EFRagStudioChild.Options<AppMetaContext>(folder, "none"));
        await using var events = new EventsContext(EFRagStudioChild.Options<EventsContext>(folder, "none"));
        var files = (Path.Combine(folder, "AppMetaScripts.dll"), Path.Combine(folder, "EventsScripts.dll"));
        await ScriptAssembly.WriteAsync(files.Item1, MigrationScripts.Of(appMeta));
        await ScriptAssembly.WriteAsync(files.Item2, MigrationScripts.Of(events));
        await form.FinishAsync(files.Item1);
        await form.FinishAsync(files.Item2);
        return files;
    }
}
