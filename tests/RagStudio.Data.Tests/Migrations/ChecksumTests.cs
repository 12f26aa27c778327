using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

/// <summary>The checksums in users' databases. A released migration is never edited.</summary>
internal sealed class ChecksumTests
{
    private static readonly string[] Goldens =
    [
        "app_meta 20250210093214_CreateKnowledgeBases ef2f9825634dd5ba2f6d9d5e740b5fdf9a96621e368752ae00b437a791f800e8",
        "app_meta 20250324141507_CreatePipelines f9be019d938a181d6c8cbb36af1d3925d2cb4c8da3f0bf136431983b0333fc60",
        "app_meta 20250512080951_CreateToolsAndFlows 30ca07a47dcbdd513a1ea413ccb9aebb98dd934d16ece898de9aeb28cd0ff079",
        "app_meta 20250630160240_IndexLookups 07def623fe18e78862e355efa51d11f832edd996fb05a1f8eb7930754501f60f",
        "app_meta 20250818091133_SeedSettings b742df8e5a80d54004a5866cab672c6d2ed0a1ebaf344afeef802d31d82f2ed2",
        "app_meta 20251020124425_TrackDocumentOrigins d57ce324c47f62010fd6a52005e594c9684e380fc19268adedff1245ba4e58af",
        "app_meta 20260112073018_NormaliseLegacyText 98e9157cc3683a7ea535c79b69fa9c89fe8312c08a1ca9c720de79bde7907cd6",
        "app_meta 20260112154109_EnforceStatusesAndJson 9de84a74e1c57a068beeef3eac9f66742d340b7c6547bece975aa8b7219f9f32",
        "app_meta 20260525101846_PinKnowledgeBaseVersions 2f5ce7605af9a79d6376e871a83729f544cae079eaec0344d488d67ab6d83022",
        "app_meta 20261130220900_IndexReferences 7e2deaedc1d37416502ddb25fa6f3641c6d525afa0dd2455ee72790e54b74f86",
        "app_meta 20261130220958_SearchChunks a156e7ed25eb72b5d3cde32ed848daddacc0aad29afefcf42bf582b7213673be",
        "events 20250210094550_CreateEventLog fa5aa24fcb5514fcccb666a1238d43180fdd71acf4205b69df90e85bdf3dd878",
        "events 20250407133028_CreateSnapshots 5bbf75560ddacf500a16a1f7905e2306ade63300444856c99cb095a5a52c6210",
        "events 20250922085716_TraceEvents 177feb638b538deb29892eb5cd3e9e8b5066d5f77d1b65a70ee805d25b865f4e",
        "events 20250923071102_IndexEventLookups 9d267d2677614d0e8278ae640e14698e4761ff576395247b892c2df32c16aaa6",
        "events 20260112074432_NormaliseEvents 93dd5e8b07007f653305ebf525467a8afc715117e386ed6c640cc716cc26f83a",
        "events 20260112155523_EnforceJson 0bea41df7fb262da783a37ee08d5e358de8c857e49e2f34c99930f0f24d6f844",
        "events 20261127034358_IndexEventReferences 0bf6c52598fc1ad9b9e99cf3663d6260dcfdc080844feaa18552271d92f2b299",
    ];

    [TestCase(false, false)]
    [TestCase(false, true)]
    [TestCase(true, false)]
    public async Task Every_migration_has_the_checksum_that_was_recorded_when_it_shipped(
        bool singleDatabase,
        bool inAnotherCulture
    )
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = inAnotherCulture ? OddCulture.Create() : CultureInfo.InvariantCulture;

            Assert.That(await ReadChecksumsAsync(singleDatabase), Is.EqualTo(Goldens));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static async Task<IReadOnlyList<string>> ReadChecksumsAsync(bool singleDatabase)
    {
        using var folder = new TemporaryFolder();
        await using var services = new ServiceCollection()
            .AddRagStudioData(options =>
                (options.DataDirectory, options.SingleDatabase) = (folder.Path, singleDatabase)
            )
            .BuildServiceProvider();
        var manager = services.GetRequiredService<IMigrationManager>();
        await manager.MigrateAsync();
        var lines = await manager.GetHistoryAsync();
        return
        [
            .. lines
                .Where(line => line.Event == MigrationEvent.Applied)
                .OrderBy(line => line.Database, StringComparer.Ordinal)
                .ThenBy(line => line.Version, StringComparer.Ordinal)
                .Select(line => $"{line.Database} {line.Version} {line.Checksum}"),
        ];
    }
}
