using System.Diagnostics.CodeAnalysis;
using NUnit.Framework;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>What a machine may lack: the test is skipped, or fails where RAGSTUDIO_REQUIRE_POSTGRES is 1.</summary>
public static class Requirement
{
    public const string Variable = "RAGSTUDIO_REQUIRE_POSTGRES";

    [DoesNotReturn]
    public static void IsMissing(string sentence) => IsMissing(sentence, Environment.GetEnvironmentVariable(Variable));

    [DoesNotReturn]
    internal static void IsMissing(string sentence, string? required)
    {
        if (required == "1")
        {
            throw new AssertionException(sentence);
        }
        throw new IgnoreException(sentence);
    }
}
