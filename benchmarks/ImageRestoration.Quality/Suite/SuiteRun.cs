using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Quality.Tasks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Quality.Suite;

/// <summary>Evaluates models and baselines case by case, keeping every row as soon as it is there.</summary>
internal sealed class SuiteRun
{
    private readonly SuiteOptions _options;
    private readonly TextWriter _output;
    private readonly IReadOnlyList<SuiteEntry> _entries;
    private readonly IReadOnlyList<SuiteModel> _models;
    private readonly RowStore _rows;

    public SuiteRun(SuiteOptions options, TextWriter output)
    {
        _options = options;
        _output = output;
        _entries = Select(options.Tasks, SuiteProtocol.Of(options.Set));
        if (options.Record)
        {
            if (options.Limit is not null)
            {
                throw new QualityException("--record writes scores of whole folders, and --limit takes a part. Leave one of the two out.");
            }

            foreach (string model in options.Models)
            {
                ScoreRecord.ThrowIfNoModelFile(model);
            }
        }

        _models = [.. options.Models.Select(SuiteModel.Load)];
        if (_models.GroupBy(model => model.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new QualityException($"{string.Join(" and ", twins.Select(model => $"'{model.Given}'"))} are both called '{twins.Key}', and a row says the name alone. Evaluate them one after the other, into files of their own.");
        }

        _rows = RowStore.Open(options.Json);
    }

    /// <summary>All rows, those of earlier runs among them.</summary>
    public IReadOnlyList<EvaluationRow> Rows => _rows.Rows;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (SuiteEntry entry in _entries)
        {
            var evaluator = new Evaluator(entry.At(_options.Data) with { Limit = _options.Limit, Threads = _options.Threads, Backend = _options.Backend });
            foreach (string baseline in entry.Options.Restorers)
            {
                string backend = ClassicalMethods.Find(baseline) is null ? _options.Backend : ClassicalMethod.Backend;
                await RunAsync(evaluator, entry, baseline, backend, facts: null, () => RestorerFactory.Create(baseline, _options.Backend, _options.Threads), cancellationToken);
            }

            foreach (string baseline in _options.OpenCvPython is not null ? entry.OpenCv : [])
            {
                await RunAsync(evaluator, entry, baseline, OpenCvRestorer.Backend, facts: null, () => OpenCvRestorer.Start(baseline, _options.OpenCvPython!, _options.Threads), cancellationToken);
            }

            foreach (SuiteModel model in _models.Where(model => model.Fits(entry)))
            {
                Model? grey = entry.IsRouted ? FindGrey(model) : null;
                ModelFacts facts = model.Facts with { GreyFingerprint = grey is null ? null : ModelFacts.FingerprintOf(grey) };
                await RunAsync(evaluator, entry, model.Name, _options.Backend, facts, () => Create(model.Model, grey), cancellationToken);
            }
        }

        foreach (SuiteModel model in _options.Record ? _models : [])
        {
            ScoreRecord.Write(model.Given, Rows.Where(row => row.Restorer == model.Name && row.Limit is null && row.Model?.Fingerprint == model.Facts.Fingerprint));
            _output.WriteLine($"Scores written into {model.Given}");
        }
    }

    private static SuiteEntry[] Select(IReadOnlyList<string> tasks, IReadOnlyList<SuiteEntry> entries)
    {
        if (tasks.FirstOrDefault(task => !entries.Any(entry => Matches(entry, task))) is { } unknown)
        {
            throw new QualityException($"The suite has no '{unknown}'. Give tasks ({string.Join(", ", entries.Select(entry => entry.Options.Task).Distinct())}) or tables ({string.Join(", ", entries.Select(entry => entry.Name))}) with --tasks.");
        }

        return [.. entries.Where(entry => tasks.Count == 0 || tasks.Any(task => Matches(entry, task)))];
    }

    private IRestorer Create(Model model, Model? grey)
    {
        IRestorer restorer = RestorerFactory.Create(model, _options.Backend, _options.Threads);
        return grey is null
            ? restorer
            : new GreyRoutingRestorer(restorer, () => RestorerFactory.Create(grey, _options.Backend, _options.Threads));
    }

    /// <summary>The model for grey beside a model: one of those to evaluate if it is among them, or else the bundled one.</summary>
    private Model? FindGrey(SuiteModel model)
        => PretrainedModels.All.FirstOrDefault(known => known.Name == model.Name)?.GreyModel is { } grey
            ? _models.FirstOrDefault(other => other.Name == grey.Name)?.Model ?? grey.Load()
            : null;

    private static bool Matches(SuiteEntry entry, string task) => entry.Name == task || entry.Options.Task == task;

    private async Task RunAsync(Evaluator evaluator, SuiteEntry entry, string name, string backend, ModelFacts? facts, Func<IRestorer> create, CancellationToken cancellationToken)
    {
        EvaluationCase[] missing = [.. evaluator.Cases.Where(c => _options.Again
            || !_rows.Has((entry.Options.Task, entry.Options.Images, c.Name, name, backend), facts, _options.Limit))];
        if (missing.Length == 0)
        {
            return;
        }

        using IRestorer restorer = create();
        foreach (EvaluationCase evaluationCase in missing)
        {
            EvaluationRow row = await evaluator.RunAsync(evaluationCase, name, restorer, progress: null, cancellationToken) with { Model = facts };
            _rows.Put(row);
            _output.WriteLine(FormattableString.Invariant($"{entry.Name}\t{row.Case}\t{name}\t{row.Psnr:F2} dB\t{row.Ssim:F4}\t{row.Seconds:F1} s"));
        }
    }
}
