#compdef autopilot-lint

_autopilot-lint() {
    local -a typed values open
    local line value
    # Nothing behind the cursor counts.
    typed=("${(@)words[1,CURRENT-1]}" "$PREFIX")
    for line in "${(@f)$("${(Q)words[1]}" __complete --index $((CURRENT - 1)) -- "${typed[@]}" 2> /dev/null)}"; do
        [[ -n $line ]] || continue
        value=${${line%%$'\t'*}//:/\\:}
        [[ $line == *$'\t'* ]] && value+=:${line#*$'\t'}
        if [[ ${line%%$'\t'*} == *= ]]; then
            open+=("$value")
        else
            values+=("$value")
        fi
    done
    if (($#values + $#open)); then
        _describe -V value values
        # The level follows.
        _describe -V value open -S ''
    else
        # Where the program knows nothing, a file is meant.
        compset -P '*='
        _files
    fi
}

if [[ ${funcstack[1]} == _autopilot-lint ]]; then
    _autopilot-lint "$@"
else
    compdef _autopilot-lint autopilot-lint
fi
