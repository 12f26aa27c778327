namespace RagStudio.Data.Cli.Tests;

/// <summary>Consent to the loss of data, for all migrations or for single ones.</summary>
[TestFixture]
internal sealed class ConsentCommandTests : CliTest
{
    private const string Version = "20260112073018_NormaliseLegacyText";

    [SetUp]
    public async Task MakeAMigrationTakeASettingThatNoPlanCanSeeAsync()
    {
        await MigrateAsync();
        var back = await RunAsync("rollback", "TrackDocumentOrigins", "--yes");
        Assert.That(back.Code, Is.EqualTo(ExitCode.Done), back.Error);
        Rows.AddSetting(AppMeta, "mine");
        Database.Execute(
            AppMeta,
            """
            INSERT INTO knowledge_bases (id, name, status, embedder_model, created_at, updated_at)
            VALUES ('kb', 'notes', 'active', 'none', '2026-01-01T00:00:00.0000000Z', '2026-01-01T00:00:00.0000000Z');
            CREATE TRIGGER greedy AFTER UPDATE ON knowledge_bases BEGIN DELETE FROM settings WHERE key = 'mine'; END
            """
        );
    }

    [TestCase]
    [TestCase("--allow-destructive", "EnforceStatusesAndJson")]
    [TestCase("--allow-destructive", "NormaliseLegacyText")]
    [TestCase("--allow-destructive", "NormaliseLegacyText/documents")]
    public async Task Migrate_that_takes_rows_which_were_not_agreed_to_puts_them_back_and_says_how_to_agree(
        params string[] consent
    )
    {
        var result = await RunAsync(["migrate", .. consent]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Failed), result.Error);
            Assert.That(
                result.ErrorLines.Single(line => line.StartsWith("error", StringComparison.Ordinal)),
                Does.Contain("'settings' has lost 1 row(s)")
                    .And.Contain(Version)
                    .And.Contain("[RemovesRows(\"settings\", AtMost = 1)]")
                    .And.Contain($"--allow-destructive \"{Version}/settings\"")
            );
            Assert.That(Rows.Settings(AppMeta, "mine"), Is.EqualTo(1));
        });
    }

    [TestCase("why", "--allow-destructive", "20260112073018/Settings", "--reason", "why")]
    [TestCase(
        "why",
        "--reason",
        "why",
        "--allow-destructive",
        "IndexLookups",
        "--allow-destructive",
        Version + "/settings"
    )]
    [TestCase("given with --allow-destructive", "--allow-destructive", "NormaliseLegacyText/settings")]
    public async Task Migrate_takes_the_rows_that_were_agreed_to_and_keeps_the_reason(
        string reason,
        params string[] consent
    )
    {
        var result = await RunAsync(["migrate", .. consent]);
        var history = await RunAsync("history");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(Rows.Settings(AppMeta, "mine"), Is.Zero);
            Assert.That(history.Out, Does.Match($"Allowed to lose data: (?i:settings): {reason}"));
        });
    }

    [TestCase("--allow-destructive")]
    [TestCase("--allow-destructive", "--database", "app_meta")]
    [TestCase("--allow-destructive", "IndexLookups", "--allow-destructive")]
    public async Task Migrate_takes_everything_where_no_version_is_named(params string[] consent)
    {
        var result = await RunAsync(["migrate", .. consent]);
        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
        Assert.That(Rows.Settings(AppMeta, "mine"), Is.Zero);
    }

    [Test]
    public async Task Migrate_refuses_consent_to_a_migration_that_there_is_not_also_where_nothing_is_pending()
    {
        var pending = await RunAsync("migrate", "--allow-destructive", "Nowhere");
        await RunAsync("migrate", "--allow-destructive");
        var done = await RunAsync("migrate", "--allow-destructive", "Nowhere/settings");
        Assert.Multiple(() =>
        {
            Assert.That((pending.Code, done.Code), Is.EqualTo((ExitCode.Refused, ExitCode.Refused)));
            Assert.That(pending.Error, Does.Contain("'Nowhere'"));
        });
    }

    [TestCase("migrate", "--allow-destructive", "")]
    [TestCase("migrate", "--reason", "why")]
    [TestCase("migrate", "--allow-destructive", "NormaliseLegacyText", "--reason", " ")]
    public async Task Migrate_refuses_consent_that_says_nothing(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.That(result.Code, Is.EqualTo(ExitCode.Usage), result.Error);
        Assert.That(Rows.Settings(AppMeta, "mine"), Is.EqualTo(1));
    }
}
