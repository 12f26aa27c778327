using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Tests;

/// <summary>After the last test of the project, which are all in this namespace.</summary>
[SetUpFixture]
internal sealed class EndOfTheRun
{
    [OneTimeTearDown]
    public Task End_the_servers() => ServersOfTheRun.EndAsync();
}
