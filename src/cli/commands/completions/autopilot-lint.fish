# Completes autopilot-lint in fish.

function __autopilot_lint_candidates
    set --local words (commandline --current-process --tokenize --cut-at-cursor)
    set --append words (commandline --current-token --cut-at-cursor)
    set --global __autopilot_lint_found (command $words[1] __complete --index (math (count $words) - 1) -- $words 2> /dev/null)
    test (count $__autopilot_lint_found) -gt 0
end

# Where the program knows nothing, a file is meant.
complete --command autopilot-lint --no-files --keep-order \
    --condition __autopilot_lint_candidates --arguments '$__autopilot_lint_found'
