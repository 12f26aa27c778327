using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests.Hosting;

public sealed class RagStudioMigratorTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_it_migrates_is_up_to_date_for_an_application_with_a_container(bool singleDatabase)
    {
        var manager = RagStudioMigrator.Create(
            new RagStudioDataOptions { DataDirectory = _folder.Path, SingleDatabase = singleDatabase }
        );
        await using var services = new ServiceCollection()
            .AddRagStudioData(options =>
                (options.DataDirectory, options.SingleDatabase) = (_folder.Path, singleDatabase)
            )
            .BuildServiceProvider();

        var summary = await manager.MigrateAsync();

        var status = await services.GetRequiredService<IMigrationManager>().GetStatusAsync();
        var validation = await services.GetRequiredService<DataValidator>().ValidateAsync();
        Assert.Multiple(() =>
        {
            Assert.That(
                summary.Databases.Select(database => database.Name),
                Is.EqualTo(new[] { "app_meta", "events" })
            );
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
            Assert.That(validation.Reports.SelectMany(report => report.Errors), Is.Empty);
        });
    }

    [Test]
    public void Options_out_of_their_range_are_refused_by_their_names()
    {
        var options = new RagStudioDataOptions { DataDirectory = " " };

        Assert.That(
            () => RagStudioMigrator.Create(options),
            Throws
                .TypeOf<OptionsValidationException>()
                .With.Message.EqualTo("RagStudio:Data:DataDirectory must have a value.")
        );
    }
}
