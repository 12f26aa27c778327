using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Migrator.Tests.Hosting;

public sealed class MigrationOptionsTests
{
    private static readonly MigrationOptionsValidator Validator = new("Shop:Migrations");

    [Test]
    public void The_defaults_are_valid() => Assert.That(Validator.Validate(null, new()).Succeeded);

    [Test]
    public void Every_option_that_has_a_range_is_refused_out_of_it_by_its_whole_key()
    {
        var cases = OutOfRange.CasesOf<MigrationOptions>().ToArray();

        Assert.That(cases, Has.Length.EqualTo(17));
        Assert.Multiple(() =>
        {
            foreach (var (options, key) in cases)
            {
                var failures = Validator.Validate(null, options).Failures ?? [];
                Assert.That(failures, Has.One.StartsWith($"Shop:Migrations:{key} must be "), key);
            }
        });
    }

    [Test]
    public void Consent_to_single_migrations_is_bound_from_the_configuration()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Migrations:DestructiveConsents:20250101000000_Tidy", "moved"),
                new("Migrations:DestructiveConsents:Tidy/orders", "test rows"),
            ])
            .Build();
        var services = new ServiceCollection();
        services.AddMigrator(configuration.GetSection("Migrations"));

        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<MigrationOptions>>().Value;

        Assert.That(
            options.DestructiveConsents,
            Is.EquivalentTo(
                new Dictionary<string, string> { ["20250101000000_Tidy"] = "moved", ["Tidy/orders"] = "test rows" }
            )
        );
    }

    [Test]
    public void Consent_without_a_reason_is_refused_by_its_whole_key()
    {
        var options = With(o => o.DestructiveConsents["Tidy"] = " ");

        Assert.That(
            Validator.Validate(null, options).Failures,
            Is.EqualTo(new[] { "Shop:Migrations:DestructiveConsents:Tidy must have a value." })
        );
    }

    [Test]
    public void A_copy_has_consents_of_its_own()
    {
        var options = With(o => o.DestructiveConsents["Tidy"] = "moved");
        var copy = options.Copy();
        options.DestructiveConsents.Clear();

        Assert.That(copy.DestructiveConsents.Keys, Is.EqualTo(new[] { "Tidy" }));
    }

    [TestCaseSource(nameof(Limits))]
    public void A_limit_belongs_to_the_range_and_what_is_beyond_does_not(
        Action<MigrationOptions> limit,
        Action<MigrationOptions> beyond
    ) =>
        Assert.Multiple(() =>
        {
            Assert.That(Validator.Validate(null, With(limit)).Succeeded);
            Assert.That(Validator.Validate(null, With(beyond)).Failed);
        });

    private static IEnumerable<TestCaseData<Action<MigrationOptions>, Action<MigrationOptions>>> Limits =>
        [
            new(o => o.MaxConcurrentMigrations = 16, o => o.MaxConcurrentMigrations = 17),
            new(o => o.MigrationTimeout = TimeSpan.FromDays(1), o => o.MigrationTimeout = TimeSpan.FromDays(2)),
            new(o => o.MigrationTimeout = TimeSpan.FromMilliseconds(1), o => o.MigrationTimeout = TimeSpan.Zero),
            new(o => o.BackupTimeout = TimeSpan.FromDays(7), o => o.BackupTimeout = TimeSpan.FromDays(8)),
            new(o => o.ValidationTimeout = TimeSpan.FromSeconds(1), o => o.ValidationTimeout = TimeSpan.Zero),
            new(o => o.CheckEverythingUpTo = 0, o => o.CheckEverythingUpTo = -1),
            new(o => o.FullCheckUpTo = 0, o => o.FullCheckUpTo = -1),
            new(o => o.RefuseAboveBlockedBytes = 0, o => o.RefuseAboveBlockedBytes = -1),
            new(o => o.LockTimeout = TimeSpan.Zero, o => o.LockTimeout = TimeSpan.FromDays(2)),
            new(o => o.BackupsToKeep = 1000, o => o.BackupsToKeep = 1001),
            new(o => o.BackupMaxAge = TimeSpan.FromDays(3650), o => o.BackupMaxAge = TimeSpan.FromDays(3651)),
            new(o => o.CompressBackupsBeyond = 1, o => o.CompressBackupsBeyond = 0),
            new(o => o.BackupMaxBytes = 1, o => o.BackupMaxBytes = 0),
        ];

    private static MigrationOptions With(Action<MigrationOptions> change)
    {
        var options = new MigrationOptions();
        change(options);
        return options;
    }
}
