using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Cli.Tests;

/// <summary>After the last test of the project, which are all in this namespace.</summary>
[SetUpFixture]
public sealed class EndOfTheRun
{
    [OneTimeTearDown]
    public Task End_the_servers() => ServersOfTheRun.EndAsync();
}
