namespace RagStudio.Data.Cli.Tests;

/// <summary>The context tells its provider, and a connection string only where it does not.</summary>
[TestFixture]
internal sealed class ProviderChoiceTests : ServerTest
{
    private const string File = "Data Source=things.db";
    private const string Plain = "PlainContext";

    [Test]
    public async Task The_models_of_its_migrations_tell_whatever_the_connection_string_looks_like()
    {
        var result = await RunOnAsync(File, "migrate", "--context", Shop);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.Error, Does.Contain("must look like \"Host=SERVER;Database=NAME\""));
            Assert.That(PathTo("things.db"), Does.Not.Exist);
        });
    }

    [TestCase(Ledger, TestName = "Its_factory_tells_whatever_the_connection_string_looks_like")]
    [TestCase(Notes, TestName = "Its_own_configuration_tells_whatever_the_connection_string_looks_like")]
    public async Task The_context_tells(string context)
    {
        var result = await RunOnAsync(File, "migrate", "--context", context);
        Assert.That(result.Error, Does.Contain("must look like \"Host=SERVER;Database=NAME\""));
    }

    [Test]
    public async Task The_keywords_decide_where_nothing_else_tells()
    {
        var onServer = await RunAppAsync(Plain, "migrate");
        var inFile = await RunOnAsync(File, "migrate", "--context", Plain);
        Assert.Multiple(async () =>
        {
            Assert.That(onServer.Code, Is.EqualTo(ExitCode.Done), onServer.Error);
            Assert.That(await Database.ScalarAsync<bool>("SELECT to_regclass('things') IS NOT NULL"), Is.True);
            Assert.That(inFile.Code, Is.EqualTo(ExitCode.Done), inFile.Error);
            Assert.That(PathTo("things.db"), Does.Exist);
        });
    }
}
