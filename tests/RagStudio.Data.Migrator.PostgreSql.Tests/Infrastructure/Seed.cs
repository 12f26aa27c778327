using System.Globalization;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>What a test's random choices follow from: RAGSTUDIO_SEED repeats those of a test that has printed it.</summary>
internal static class Seed
{
    public static int Choose()
    {
        var given = Environment.GetEnvironmentVariable("RAGSTUDIO_SEED");
        var seed = string.IsNullOrEmpty(given) ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        TestContext.Out.WriteLine($"RAGSTUDIO_SEED={seed}");
        return seed;
    }
}
